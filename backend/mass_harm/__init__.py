"""Mass harm (群体性消费纠纷): ten people or more complain of one unit in one respect within thirty days.

The consumer council and the joint-meeting office are told once for each cluster, for a talk with the unit (约谈), a consumer
warning or public-interest action. The page shows counts alone; who complains stands in the cases.
"""
