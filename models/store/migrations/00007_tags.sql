-- What households are listed by, kept with their lights: one row per thing, n says of
-- how many people or measures it is. The key finds the households of any area.
CREATE TABLE `tags` (
  `programme` varchar(40) NOT NULL,
  `tag` varchar(60) NOT NULL,
  `village` varchar(12) NOT NULL,
  `household_id` varchar(16) NOT NULL,
  `group_key` varchar(60) NOT NULL,
  `n` bigint NOT NULL,
  PRIMARY KEY (`programme`, `tag`, `village`, `household_id`)
) {table};

-- Lights age: those of another day, or judged by other rules, are judged anew. Those from
-- before have no day.
ALTER TABLE `lights` ADD COLUMN `tags` varchar(4000) NOT NULL DEFAULT '';
ALTER TABLE `lights` ADD COLUMN `judged_on` varchar(10) NOT NULL DEFAULT '';
ALTER TABLE `lights` ADD COLUMN `rules` varchar(16) NOT NULL DEFAULT '';

-- People ask for areas by name.
CREATE INDEX `idx_areas_name` ON `areas` (`name`);
