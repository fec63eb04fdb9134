-- How each household stood when it was last judged, and what that adds up to.
CREATE TABLE `lights` (
  `household_id` varchar(16) NOT NULL,
  `programme` varchar(40) NOT NULL,
  `village` varchar(12) NOT NULL,
  `group_key` varchar(60) NOT NULL,
  `group_name` varchar(60) NOT NULL,
  `head` varchar(60) NOT NULL,
  `shades` varchar(6) NOT NULL,
  `missing` bigint NOT NULL,
  `gaps` varchar(120) NOT NULL,
  `net_pc` decimal(14,2),
  `class` varchar(24) NOT NULL,
  `invest_pc` decimal(14,2),
  `plan_year` int,
  `plan_quarter` int,
  `version` bigint NOT NULL,
  `parts` text NOT NULL,
  PRIMARY KEY (`household_id`, `programme`)
) {table};
CREATE INDEX `idx_lights_village` ON `lights` (`programme`, `village`, `group_key`);

-- Sums of what the lights hold, kept by every save. area is a village, a group
-- ("village/group") or a county; sort says what for.
CREATE TABLE `sums` (
  `programme` varchar(40) NOT NULL,
  `sort` varchar(1) NOT NULL,
  `area` varchar(80) NOT NULL,
  `what` varchar(80) NOT NULL,
  `n` bigint NOT NULL,
  PRIMARY KEY (`programme`, `sort`, `area`, `what`)
) {table};
