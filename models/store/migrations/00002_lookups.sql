-- Look-ups by everything a cadre may know of a household, without decrypting and
-- without reading the records: one row per name, alias, pinyin, initials, sound and
-- per blind index of an ID number, a phone and their tails. The key keeps all rows
-- of a village together. owner is a member id, or a household id for phones.
CREATE TABLE `lookups` (
  `village` varchar(12) NOT NULL,
  `kind` varchar(8) NOT NULL,
  `value` varchar(120) NOT NULL,
  `owner` varchar(18) NOT NULL,
  `head` boolean NOT NULL,
  PRIMARY KEY (`village`, `kind`, `value`, `owner`)
) {table};
CREATE INDEX `idx_lookups_owner` ON `lookups` (`owner`);

ALTER TABLE `households` ADD COLUMN `group_key` varchar(60) NOT NULL DEFAULT '';
ALTER TABLE `households` ADD COLUMN `members_ever` bigint NOT NULL DEFAULT 0;
DROP INDEX `idx_households_village`{on households};
CREATE INDEX `idx_households_village` ON `households` (`village`, `group_key`);

-- The blind index of the ID number while its owner counts here: nobody in two households.
ALTER TABLE `members` ADD COLUMN `id_hash` varchar(32);
CREATE UNIQUE INDEX `idx_members_id_hash` ON `members` (`id_hash`);
