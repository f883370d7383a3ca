"""Passwords of twelve and more characters that people choose most, with Chinese habits; lower case.

Shorter ones are refused by their length; repeated characters by `rules.check_password`.
"""

COMMON_PASSWORDS = frozenset(
    """
    123456789012 1234567890123 12345678901234 0123456789012 098765432109 987654321098 1234567890abc 1234567890qwe
    abc1234567890 a12345678901 a1234567890a aa1234567890 abcd12345678 abcdefg12345 abcdefgh1234 abcdefg123456 abcdef123456
    abc123456789 abc123abc123 abc123456abc abcd1234abcd abcd1234efgh asd123456789 asdfghjkl123 asdfghjkl1234 asdfghjkl;'\\
    qwertyuiop12 qwertyuiop123 qwertyuiop[] qwertyuiopasdf qwerty123456 qwerty1234567 qwerty123456789 qwe123456789
    qwe123qwe123 qweasdzxc123 qazwsxedc123 qazwsxedcrfv qaz123456789 zxcvbnm12345 zxcvbnm123456 zxcvbnmasdfg zaq12wsxcde3
    1qaz2wsx3edc 1qaz2wsx3edc4rfv 1q2w3e4r5t6y 1q2w3e4r5t6y7u 1qazxsw23edc !qaz2wsx3edc 1qaz@wsx3edc q1w2e3r4t5y6
    password1234 password12345 password123456 password@123 password@1234 passw0rd1234 p@ssw0rd1234 p@ssword1234
    mypassword123 iloveyou1234 iloveyou1314 iloveyou520 iloveyou5201314 welcome12345 welcome@1234 letmein12345
    administrator administrator1 administrator123 admin1234567 admin12345678 admin123456789 admin@123456 admin@12345678
    admin888888888 adminadmin123 adminpassword root12345678 root123456789 rootpassword test12345678 test123456789
    user12345678 guest1234567 changeme1234 changeit1234 superadmin123 system123456 manager12345
    woaini123456 woaini1234567 woaini1314520 woaini5201314 woaini520520 woaini521521 woaiwojia123 woaizhongguo
    wozuiaini1314 5201314520131 520131452013 5201314woaini 1314520woaini 52013141314520 woshishui123 zhangsan1234
    nihao1234567 nihaoma12345 zhongguo1234 zhongguo123456 wenzhou12345 wenzhou123456 fangxin12345
    fangxinxiaofei fangxin123456 shichangjianguan shichang12345 xiaofeizhe123 xiaofeiweiquan scjg12345678 scjgj1234567
    scjgj12315123 123151231512 12315@123456 a123456789012 a123456a123456 123456abcdef 123456qwerty 123456789abc
    123456789qwe 123456789asd 112233445566 123123123123 123321123321 147258369147 147258369000 159357159357 110120119114
    """.split()
)
