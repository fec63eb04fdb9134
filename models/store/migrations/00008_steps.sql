-- What happens to a measure after it was planned: how often it was put off, what stands in
-- its way, why it was given up. due_day is the last day of due_date, kept by every save, so
-- that what is due is found in order by an index, whether a day, a month or a year was said.
ALTER TABLE `measures` ADD COLUMN `first_due` varchar(10) NOT NULL DEFAULT '';
ALTER TABLE `measures` ADD COLUMN `postponed` int;
ALTER TABLE `measures` ADD COLUMN `postpone_why` varchar(200) NOT NULL DEFAULT '';
ALTER TABLE `measures` ADD COLUMN `block_why` varchar(200) NOT NULL DEFAULT '';
ALTER TABLE `measures` ADD COLUMN `block_dept` varchar(60) NOT NULL DEFAULT '';
ALTER TABLE `measures` ADD COLUMN `block_on` varchar(10) NOT NULL DEFAULT '';
ALTER TABLE `measures` ADD COLUMN `cancel_why` varchar(200) NOT NULL DEFAULT '';
ALTER TABLE `measures` ADD COLUMN `instead` varchar(200) NOT NULL DEFAULT '';
ALTER TABLE `measures` ADD COLUMN `progress_note` varchar(300) NOT NULL DEFAULT '';
ALTER TABLE `measures` ADD COLUMN `due_day` varchar(10) NOT NULL DEFAULT '';
UPDATE `measures` SET `due_day` = CASE LENGTH(`due_date`) WHEN 10 THEN `due_date` WHEN 7 THEN {month end} WHEN 4 THEN REPLACE('Y-12-31', 'Y', `due_date`) ELSE '9999-12-31' END;
CREATE INDEX `idx_measures_open` ON `measures` (`programme`, `village`, `due_day`, `status`);
