"""Passwords of twelve and more characters that people choose most, with Chinese habits; lower case.

Shorter ones are refused by their length; repeated characters by `rules.check_password`.
"""

_LISTED = """
!qaz2wsx3edc 0123456789012 098765432109 110120119114 112233445566 123123123123 123151231512 12315@123456
123321123321 123456789012 1234567890123 12345678901234 1234567890abc 1234567890qwe 123456789abc 123456789asd
123456789qwe 123456abcdef 123456qwerty 1314520woaini 147258369000 147258369147 159357159357 1q2w3e4r5t6y
1q2w3e4r5t6y7u 1qaz2wsx3edc 1qaz2wsx3edc4rfv 1qaz@wsx3edc 1qazxsw23edc 52013141314520 520131452013
5201314520131 5201314woaini 987654321098 a12345678901 a123456789012 a1234567890a a123456a123456 aa1234567890
abc123456789 abc1234567890 abc123456abc abc123abc123 abcd12345678 abcd1234abcd abcd1234efgh abcdef123456
abcdefg12345 abcdefg123456 abcdefgh1234 admin1234567 admin12345678 admin123456789 admin888888888 admin@123456
admin@12345678 adminadmin123 administrator administrator1 administrator123 adminpassword asd123456789
asdfghjkl123 asdfghjkl1234 asdfghjkl;'\\ changeit1234 changeme1234 fangxin12345 fangxin123456 fangxinxiaofei
guest1234567 iloveyou1234 iloveyou1314 iloveyou5201314 letmein12345 manager12345 mypassword123 nihao1234567
nihaoma12345 p@ssw0rd1234 p@ssword1234 passw0rd1234 password1234 password12345 password123456 password@123
password@1234 q1w2e3r4t5y6 qaz123456789 qazwsxedc123 qazwsxedcrfv qwe123456789 qwe123qwe123 qweasdzxc123
qwerty123456 qwerty1234567 qwerty123456789 qwertyuiop12 qwertyuiop123 qwertyuiop[] qwertyuiopasdf root12345678
root123456789 rootpassword scjg12345678 scjgj12315123 scjgj1234567 shichang12345 shichangjianguan
superadmin123 system123456 test12345678 test123456789 user12345678 welcome12345 welcome@1234 wenzhou12345
wenzhou123456 woaini123456 woaini1234567 woaini1314520 woaini5201314 woaini520520 woaini521521 woaiwojia123
woaizhongguo woshishui123 wozuiaini1314 xiaofeiweiquan xiaofeizhe123 zaq12wsxcde3 zhangsan1234 zhongguo1234
zhongguo123456 zxcvbnm12345 zxcvbnm123456 zxcvbnmasdfg
"""

COMMON_PASSWORDS = frozenset(_LISTED.split())
