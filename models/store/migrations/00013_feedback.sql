-- Who can act on what somebody said, who may see it, and who answered.
ALTER TABLE `feedbacks` ADD COLUMN `by_name` varchar(60) NOT NULL DEFAULT '';
ALTER TABLE `feedbacks` ADD COLUMN `area` varchar(14) NOT NULL DEFAULT '';
ALTER TABLE `feedbacks` ADD COLUMN `about` varchar(16) NOT NULL DEFAULT '';
ALTER TABLE `feedbacks` ADD COLUMN `receiver` varchar(12) NOT NULL DEFAULT 'admin';
ALTER TABLE `feedbacks` ADD COLUMN `dept` varchar(24) NOT NULL DEFAULT '';
ALTER TABLE `feedbacks` ADD COLUMN `secret` boolean NOT NULL DEFAULT FALSE;
ALTER TABLE `feedbacks` ADD COLUMN `answered_by` varchar(60) NOT NULL DEFAULT '';
ALTER TABLE `feedbacks` ADD COLUMN `answered_at` {time};
CREATE INDEX `idx_feedbacks_to` ON `feedbacks` (`receiver`, `area`);
CREATE INDEX `idx_feedbacks_person` ON `feedbacks` (`person_id`);
