"""After the close (回访): seven days later the consumer says in one tap whether it was solved.

One in ten of what was closed is drawn and called back, by somebody who did not handle it; what is found untrue, or what the consumer says
is not solved, is opened again (重新办理) as a new stage with its own clocks. Order 121 §26.

A case counts as solved when its consumer says so, not when somebody closed it.
"""
