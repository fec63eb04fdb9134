-- What is due, for whom and when: one row per person, thing, step and date.
CREATE TABLE `reminders` (
  `id` varchar(32) NOT NULL,
  `programme` varchar(40) NOT NULL,
  `state` varchar(8) NOT NULL,
  `person_id` varchar(20) NOT NULL,
  `household_id` varchar(16) NOT NULL,
  `village` varchar(14) NOT NULL,
  `thing` varchar(40) NOT NULL,
  `rule` varchar(24) NOT NULL,
  `step` varchar(16) NOT NULL,
  `level` varchar(12) NOT NULL,
  `up` varchar(12) NOT NULL,
  `for` varchar(12) NOT NULL,
  `due` varchar(10) NOT NULL,
  `on_day` varchar(10) NOT NULL,
  `until` varchar(10) NOT NULL,
  `urgent` boolean NOT NULL,
  `guarantee` boolean NOT NULL,
  `group_name` varchar(60) NOT NULL,
  `head` varchar(60) NOT NULL,
  `title` varchar(100) NOT NULL,
  `n` bigint NOT NULL,
  `why` varchar(16) NOT NULL,
  `push` varchar(32) NOT NULL,
  `at` {time} NOT NULL,
  `told_at` {time},
  PRIMARY KEY (`id`)
) {table};
CREATE INDEX `idx_reminders_open` ON `reminders` (`programme`, `state`, `person_id`, `on_day`);
CREATE INDEX `idx_reminders_person` ON `reminders` (`person_id`, `told_at`);
CREATE INDEX `idx_reminders_household_id` ON `reminders` (`household_id`);
CREATE INDEX `idx_reminders_village` ON `reminders` (`village`);
CREATE INDEX `idx_reminders_push` ON `reminders` (`push`);

-- The next day on which something falls due for a household, a village or a county.
CREATE TABLE `watches` (
  `programme` varchar(40) NOT NULL,
  `thing` varchar(16) NOT NULL,
  `next_on` varchar(10) NOT NULL,
  `version` bigint NOT NULL,
  PRIMARY KEY (`programme`, `thing`)
) {table};
CREATE INDEX `idx_watches_next` ON `watches` (`programme`, `next_on`, `thing`);

-- When a programme's households were last looked through for what was saved past the
-- conversations, and the index that finds it.
CREATE TABLE `sweeps` (
  `programme` varchar(40) NOT NULL,
  `at` {time} NOT NULL,
  PRIMARY KEY (`programme`)
) {table};
CREATE INDEX `idx_households_updated_at` ON `households` (`updated_at`);

-- One push to one person: the first of a day is the morning's list.
CREATE TABLE `tellings` (
  `person_id` varchar(20) NOT NULL,
  `day` varchar(10) NOT NULL,
  `n` bigint NOT NULL,
  `push` varchar(32) NOT NULL,
  `outcome` varchar(9) NOT NULL,
  `at` {time} NOT NULL,
  PRIMARY KEY (`person_id`, `day`, `n`)
) {table};
CREATE INDEX `idx_tellings_day` ON `tellings` (`day`, `n`);
CREATE INDEX `idx_tellings_outcome` ON `tellings` (`outcome`, `at`);
CREATE INDEX `idx_tellings_push` ON `tellings` (`push`);

-- How each person wants to be reminded, and households put off.
CREATE TABLE `remind_settings` (
  `person_id` varchar(20) NOT NULL,
  `at_time` varchar(5) NOT NULL,
  `amount` varchar(8) NOT NULL,
  `updated_at` {time} NOT NULL,
  PRIMARY KEY (`person_id`)
) {table};
CREATE TABLE `mutes` (
  `household_id` varchar(16) NOT NULL,
  `village` varchar(12) NOT NULL,
  `by` varchar(20) NOT NULL,
  `by_name` varchar(60) NOT NULL,
  `reason` varchar(400) NOT NULL,
  `until` varchar(10) NOT NULL,
  `at` {time} NOT NULL,
  PRIMARY KEY (`household_id`)
) {table};
CREATE INDEX `idx_mutes_village` ON `mutes` (`village`);
