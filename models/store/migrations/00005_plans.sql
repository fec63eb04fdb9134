-- What the other five clears need beside their records: numbers for new rows, marks of
-- 待复核, the programme a change belongs to, and warnings accepted with a reason.
ALTER TABLE `households` ADD COLUMN `rows_ever` bigint NOT NULL DEFAULT 0;
ALTER TABLE `households` ADD COLUMN `rechecks` varchar(120) NOT NULL DEFAULT '';
ALTER TABLE `changes` ADD COLUMN `programme` varchar(40) NOT NULL DEFAULT '';
{mysql}ALTER TABLE `changes` MODIFY COLUMN `record_id` varchar(60) NOT NULL DEFAULT '';

CREATE TABLE `waivers` (
  `household_id` varchar(16) NOT NULL,
  `finding` varchar(60) NOT NULL,
  `village` varchar(12) NOT NULL,
  `reason` varchar(300) NOT NULL,
  `given_by` varchar(20) NOT NULL,
  `given_on` varchar(10) NOT NULL,
  PRIMARY KEY (`household_id`, `finding`)
) {table};
