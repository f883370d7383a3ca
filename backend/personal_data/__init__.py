"""A person's own data (我的个人信息), and how long anything about people is kept (保存期限).

Each package that keeps something about people says in its `personal.py` how it is shown and forgotten; here it is put together: the
export, the correction, the erasure with what the law keeps (个人信息保护法 §44–50), and the nightly forgetting by class of data.
Reports (举报) stand behind their wall: they know no account, so nobody's export or erasure can find them; their time is kept by the
worker.
"""
