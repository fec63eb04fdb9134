// Package models holds the records of 户户清 and their words: areas, people,
// households and what the six clears need of them, the dictionary of fields,
// the programme profiles, roles and scopes, errors, and the repository
// interfaces that models/store fulfils.
//
// It imports the standard library only. It must not know how a record is asked
// for (dialog/flows), judged (models/clears) or kept (models/store); the gorm
// tags on the records are plain text to it.
//
// # The house
//
//	cmd/huhuqing → everything
//	bot          → dialog, models           the edge; bot/wechat knows the wire
//	bot/push     → bot, models              brings single messages to single people
//	bot/reminders → models, models/due      what is due → one list in the morning
//	dialog/flows → dialog, dialog/hear, dialog/zh, models, models/clears, models/due
//	dialog/hear  → dialog/zh, models        from a cadre's sentence to field values;
//	                                        dialog/hear/plan the same for the other five clears,
//	                                        dialog/hear/progress for what goes on with measures
//	dialog/turn  → dialog, models           one message, one transaction
//	dialog/state                            Redis
//	models/store → models, models/seal      gorm
//	models/clears → models                  the rules and the lights: pure functions
//	models/due   → models                   what is due, for whom: pure functions
//	models/demo  → models                   a village with people in it
//	models/seal                             encryption of what is a loan
//	bot/platform                            a local WeChat; knows nobody
//
// bot/push and bot/reminders are two rooms, because what is due (a pure function of
// the records) and how one message reaches one person (channels, quotas, errors, a
// queue on Redis) change for different reasons, and reviews and answers to complaints
// will be pushed as well. dialog/hear is apart from dialog/zh, because reading a
// sentence for the fields of a household needs the dictionary that dialog/zh must not
// know; models/seal from the store, because drafts and sessions are sealed as well as
// columns.
//
// # Glossary
//
//	户 household         家底 base (household + members + condition + income)
//	成员 member          年度生产生活条件 condition   年度收入 income
//	户主 head            与户主关系 relation           组 group
//	致贫原因 cause       帮扶措施 measure              资金 fund
//	产出 output          责任 duty                     帮扶责任人 helper
//	脱贫时序 exit        六清 six clears               清/基本清/不清 clear, mostly, unclear
//	致贫原因缺项 gap     规则 rule                     问题 finding
//	推送 push            渠道 channel                  窗口(48小时) window       授权 grant
//	送达 delivered       联系不上 refused              死信 dead letter (failed, given_up)   不确定 unsure
//	行政区 area          省州县乡村组 province prefecture county township village group
//	村干部 village cadre 乡镇 township  县行业部门 department  县领导小组 county  管理员 admin
//	邀请码 invite        绑定 bind                     草稿 draft
//	待复核 recheck       说明后放行 waiver                 灯 light   汇总 summary
//	提醒 reminder        到期 due   逾期 late   暂停提醒 mute   早上的汇总 digest
//	待办 task            进展 step, progress           延期 postpone   受阻 block
//	完成 finish          验收 accept                   返工 reopen     佐证 proof
//	主因/次因 main, other cause        对症 suits      意愿 will       自筹 self
//	拨付 paid            里程碑 milestone              出列/摘帽 village exit, county exit
//	安静时间 quiet hours 放假 days off                 报上一级 step with To (escalation)
//	反馈 feedback        答复 answer   线索 lead (secret)
//	修改痕迹 change      方案(配置) programme profile  档案 dossier
package models
