-- Photos are fetched from the platform after the turn they came with: how far each has
-- come. Those from before wait like new ones; most have expired, which is then written.
ALTER TABLE `photos` ADD COLUMN `state` varchar(8) NOT NULL DEFAULT 'waiting';
ALTER TABLE `photos` ADD COLUMN `reason` varchar(24) NOT NULL DEFAULT '';
ALTER TABLE `photos` ADD COLUMN `tries` bigint NOT NULL DEFAULT 0;
ALTER TABLE `photos` ADD COLUMN `next_try` {time} NOT NULL DEFAULT '1970-01-01 00:00:00';
ALTER TABLE `photos` ADD COLUMN `file` varchar(60) NOT NULL DEFAULT '';
ALTER TABLE `photos` ADD COLUMN `bytes` bigint NOT NULL DEFAULT 0;
ALTER TABLE `photos` ADD COLUMN `sha256` varchar(64) NOT NULL DEFAULT '';
ALTER TABLE `photos` ADD COLUMN `fetched_at` {time};
CREATE INDEX `idx_photos_waiting` ON `photos` (`state`, `at`, `next_try`);
