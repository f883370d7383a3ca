"""What stands on a unit's public record (公示信息) beside its certificate: shop-front photo, catering grade, penalties, warnings, replies.

The shop-front photo (门头照片) and the unit's reply (单位回应) show after an officer has looked at them; catering grades (餐饮服务
食品安全量化分级) are only ever added to; administrative penalties (行政处罚) and consumer warnings (消费警示) show until the end of their
publicity period (公示期) and are taken down earlier only with a reason, which stays as a tombstone. Each change writes the unit's card
in its own transaction. `register` is the open register (名录) over JSON.

sources   餐饮服务食品安全监督量化分级管理 (2012); 《市场监督管理行政处罚信息公示规定》 (总局令第45号) §9, §13; 《消费者权益保护法》 §37
"""
