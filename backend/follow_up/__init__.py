"""After the close (回访): seven days later the consumer says in one tap whether it was solved.

A case counts as solved when its consumer says so, not when somebody closed it.
"""
