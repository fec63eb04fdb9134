-- The records as models has them. Written once for both databases: {serial} is
-- an id that counts up, {time} an instant, {table} the options of a table. No foreign keys: distributed
-- databases do without, and a household is written whole in one transaction.
-- Text compares byte by byte everywhere: 𠮷 is not 吉.

CREATE TABLE `areas` (
  `code` varchar(14) NOT NULL DEFAULT '',
  `name` varchar(60) NOT NULL DEFAULT '',
  `level` varchar(12) NOT NULL DEFAULT '',
  `parent` varchar(14) NOT NULL DEFAULT '',
  `valid_from` varchar(10) NOT NULL DEFAULT '',
  `valid_to` varchar(10) NOT NULL DEFAULT '',
  PRIMARY KEY (`code`)
) {table};
CREATE INDEX `idx_areas_parent` ON `areas` (`parent`);

CREATE TABLE `people` (
  `id` varchar(20) NOT NULL DEFAULT '',
  `name` varchar(60) NOT NULL DEFAULT '',
  `role` varchar(12) NOT NULL DEFAULT '',
  `area_code` varchar(14) NOT NULL DEFAULT '',
  `groups` varchar(500) NOT NULL DEFAULT '',
  `department` varchar(60) NOT NULL DEFAULT '',
  `phone` varchar(200) NOT NULL DEFAULT '',
  `unit` varchar(100) NOT NULL DEFAULT '',
  `post` varchar(60) NOT NULL DEFAULT '',
  `active` boolean NOT NULL,
  `created_at` {time} NOT NULL,
  PRIMARY KEY (`id`)
) {table};
CREATE INDEX `idx_people_area_code` ON `people` (`area_code`);

CREATE TABLE `bindings` (
  `user` varchar(64) NOT NULL DEFAULT '',
  `person_id` varchar(20) NOT NULL DEFAULT '',
  `at` {time} NOT NULL,
  PRIMARY KEY (`user`)
) {table};
CREATE UNIQUE INDEX `idx_bindings_person_id` ON `bindings` (`person_id`);

CREATE TABLE `invites` (
  `hash` varchar(64) NOT NULL DEFAULT '',
  `person_id` varchar(20) NOT NULL DEFAULT '',
  `expires_at` {time} NOT NULL,
  `used_by` varchar(64) NOT NULL DEFAULT '',
  `used_at` {time},
  PRIMARY KEY (`hash`)
) {table};
CREATE INDEX `idx_invites_person_id` ON `invites` (`person_id`);

CREATE TABLE `households` (
  `id` varchar(16) NOT NULL DEFAULT '',
  `village` varchar(12) NOT NULL DEFAULT '',
  `group_name` varchar(60) NOT NULL DEFAULT '',
  `nat_village` varchar(60) NOT NULL DEFAULT '',
  `national_no` varchar(20) NOT NULL DEFAULT '',
  `phone` varchar(200) NOT NULL DEFAULT '',
  `no_phone` varchar(3) NOT NULL DEFAULT '',
  `bank_name` varchar(60) NOT NULL DEFAULT '',
  `bank_no` varchar(200) NOT NULL DEFAULT '',
  `hh_attr` varchar(24) NOT NULL DEFAULT '',
  `standard` varchar(24) NOT NULL DEFAULT '',
  `first_year` int,
  `hh_status` varchar(24) NOT NULL DEFAULT '',
  `exit_year_actual` int,
  `relapse_year` int,
  `relapse_cause` varchar(24) NOT NULL DEFAULT '',
  `is_martyr` varchar(3) NOT NULL DEFAULT '',
  `is_only_child` varchar(3) NOT NULL DEFAULT '',
  `is_two_girl` varchar(3) NOT NULL DEFAULT '',
  `visit_by` varchar(20) NOT NULL DEFAULT '',
  `visit_date` varchar(10) NOT NULL DEFAULT '',
  `sign_img` varchar(120) NOT NULL DEFAULT '',
  `lat` varchar(16) NOT NULL DEFAULT '',
  `lng` varchar(16) NOT NULL DEFAULT '',
  `remark` varchar(1000) NOT NULL DEFAULT '',
  `head_name` varchar(60) NOT NULL DEFAULT '',
  `member_count` bigint NOT NULL,
  `labor_halves` bigint NOT NULL,
  `version` bigint NOT NULL,
  `updated_at` {time} NOT NULL,
  `created_at` {time} NOT NULL,
  PRIMARY KEY (`id`)
) {table};
CREATE INDEX `idx_households_village` ON `households` (`village`);
CREATE INDEX `idx_households_national_no` ON `households` (`national_no`);

CREATE TABLE `members` (
  `id` varchar(18) NOT NULL DEFAULT '',
  `household_id` varchar(16) NOT NULL DEFAULT '',
  `village` varchar(12) NOT NULL DEFAULT '',
  `name` varchar(60) NOT NULL DEFAULT '',
  `alias` varchar(200) NOT NULL DEFAULT '',
  `sex` varchar(2) NOT NULL DEFAULT '',
  `birth` varchar(10) NOT NULL DEFAULT '',
  `id_type` varchar(24) NOT NULL DEFAULT '',
  `id_no` varchar(200) NOT NULL DEFAULT '',
  `relation` varchar(24) NOT NULL DEFAULT '',
  `ethnic` varchar(24) NOT NULL DEFAULT '',
  `political` varchar(24) NOT NULL DEFAULT '',
  `edu_level` varchar(24) NOT NULL DEFAULT '',
  `school_status` varchar(24) NOT NULL DEFAULT '',
  `school_name` varchar(100) NOT NULL DEFAULT '',
  `dropout_reason` varchar(24) NOT NULL DEFAULT '',
  `health` varchar(300) NOT NULL DEFAULT '',
  `disease` varchar(400) NOT NULL DEFAULT '',
  `treat_at` varchar(400) NOT NULL DEFAULT '',
  `family_doctor` varchar(60) NOT NULL DEFAULT '',
  `disab_type` varchar(200) NOT NULL DEFAULT '',
  `disab_level` varchar(200) NOT NULL DEFAULT '',
  `labor` varchar(24) NOT NULL DEFAULT '',
  `occupation` varchar(24) NOT NULL DEFAULT '',
  `work_area` varchar(24) NOT NULL DEFAULT '',
  `work_addr` varchar(100) NOT NULL DEFAULT '',
  `work_months` int,
  `work_unit` varchar(100) NOT NULL DEFAULT '',
  `work_pay` decimal(14,2),
  `med_ins` varchar(24) NOT NULL DEFAULT '',
  `crit_ins` varchar(3) NOT NULL DEFAULT '',
  `suppl_ins` varchar(3) NOT NULL DEFAULT '',
  `pension_ins` varchar(24) NOT NULL DEFAULT '',
  `on_dibao` varchar(3) NOT NULL DEFAULT '',
  `on_tekun` varchar(3) NOT NULL DEFAULT '',
  `public_job` varchar(24) NOT NULL DEFAULT '',
  `public_months` int,
  `mandarin` varchar(3) NOT NULL DEFAULT '',
  `soldier` varchar(3) NOT NULL DEFAULT '',
  `change_type` varchar(24) NOT NULL DEFAULT '',
  `change_date` varchar(10) NOT NULL DEFAULT '',
  `change_note` varchar(300) NOT NULL DEFAULT '',
  `seq` bigint NOT NULL,
  PRIMARY KEY (`id`)
) {table};
CREATE INDEX `idx_members_household_id` ON `members` (`household_id`);
CREATE INDEX `idx_members_village` ON `members` (`village`);

CREATE TABLE `conditions` (
  `household_id` varchar(16) NOT NULL DEFAULT '',
  `year` bigint NOT NULL,
  `village` varchar(12) NOT NULL DEFAULT '',
  `farm` decimal(14,2),
  `irrig` decimal(14,2),
  `forest` decimal(14,2),
  `grain2forest` decimal(14,2),
  `fruit` decimal(14,2),
  `grass` decimal(14,2),
  `water` decimal(14,2),
  `stock` varchar(400) NOT NULL DEFAULT '',
  `industries` varchar(600) NOT NULL DEFAULT '',
  `coop` varchar(3) NOT NULL DEFAULT '',
  `lead_firm` varchar(3) NOT NULL DEFAULT '',
  `lead_person` varchar(3) NOT NULL DEFAULT '',
  `power_prod` varchar(3) NOT NULL DEFAULT '',
  `power_life` varchar(3) NOT NULL DEFAULT '',
  `tv` varchar(3) NOT NULL DEFAULT '',
  `water_source` varchar(60) NOT NULL DEFAULT '',
  `water_hard` varchar(3) NOT NULL DEFAULT '',
  `water_safe` varchar(3) NOT NULL DEFAULT '',
  `road_km` decimal(14,2),
  `road_type` varchar(24) NOT NULL DEFAULT '',
  `toilet` varchar(3) NOT NULL DEFAULT '',
  `fuel` varchar(24) NOT NULL DEFAULT '',
  `house_area` decimal(14,2),
  `house_struct` varchar(24) NOT NULL DEFAULT '',
  `house_grade` varchar(24) NOT NULL DEFAULT '',
  `house_eval_org` varchar(60) NOT NULL DEFAULT '',
  `house_eval_date` varchar(10) NOT NULL DEFAULT '',
  `house_fix_year` int,
  `reloc_will` varchar(3) NOT NULL DEFAULT '',
  `reloc_type` varchar(24) NOT NULL DEFAULT '',
  `resettle_mode` varchar(24) NOT NULL DEFAULT '',
  `resettle_place` varchar(24) NOT NULL DEFAULT '',
  PRIMARY KEY (`household_id`, `year`)
) {table};
CREATE INDEX `idx_conditions_village` ON `conditions` (`village`);

CREATE TABLE `incomes` (
  `household_id` varchar(16) NOT NULL DEFAULT '',
  `year` bigint NOT NULL,
  `village` varchar(12) NOT NULL DEFAULT '',
  `pay_out` decimal(14,2),
  `pay_job` decimal(14,2),
  `crop` decimal(14,2),
  `tobacco` decimal(14,2),
  `stock_sale` decimal(14,2),
  `fruit_sale` decimal(14,2),
  `other_biz` decimal(14,2),
  `dividend` decimal(14,2),
  `other_prop` decimal(14,2),
  `fp` decimal(14,2),
  `dibao_pay` decimal(14,2),
  `tekun_pay` decimal(14,2),
  `pension_pay` decimal(14,2),
  `eco` decimal(14,2),
  `other_trans` decimal(14,2),
  `biz_cost` decimal(14,2),
  `stated_net` decimal(14,2),
  `stated_trans` decimal(14,2),
  `stated_net_pc` decimal(14,2),
  PRIMARY KEY (`household_id`, `year`)
) {table};
CREATE INDEX `idx_incomes_village` ON `incomes` (`village`);

CREATE TABLE `causes` (
  `household_id` varchar(16) NOT NULL DEFAULT '',
  `programme` varchar(40) NOT NULL DEFAULT '',
  `kind` varchar(24) NOT NULL DEFAULT '',
  `village` varchar(12) NOT NULL DEFAULT '',
  `seq` bigint NOT NULL,
  `evidence` varchar(400) NOT NULL DEFAULT '',
  `descr` varchar(600) NOT NULL DEFAULT '',
  `on_date` varchar(10) NOT NULL DEFAULT '',
  `gap_money` decimal(14,2),
  `gap_use` varchar(200) NOT NULL DEFAULT '',
  `agreed_by` varchar(60) NOT NULL DEFAULT '',
  `agreed_on` varchar(10) NOT NULL DEFAULT '',
  `head_agrees` varchar(3) NOT NULL DEFAULT '',
  PRIMARY KEY (`household_id`, `programme`, `kind`)
) {table};
CREATE INDEX `idx_causes_village` ON `causes` (`village`);

CREATE TABLE `measures` (
  `id` varchar(20) NOT NULL DEFAULT '',
  `household_id` varchar(16) NOT NULL DEFAULT '',
  `village` varchar(12) NOT NULL DEFAULT '',
  `programme` varchar(40) NOT NULL DEFAULT '',
  `scope` varchar(12) NOT NULL DEFAULT '',
  `cat1` varchar(24) NOT NULL DEFAULT '',
  `cat2` varchar(24) NOT NULL DEFAULT '',
  `title` varchar(100) NOT NULL DEFAULT '',
  `content` varchar(1000) NOT NULL DEFAULT '',
  `needs` varchar(200) NOT NULL DEFAULT '',
  `targets` varchar(400) NOT NULL DEFAULT '',
  `qty` decimal(14,2),
  `unit` varchar(24) NOT NULL DEFAULT '',
  `year` int,
  `start_date` varchar(10) NOT NULL DEFAULT '',
  `due_date` varchar(10) NOT NULL DEFAULT '',
  `will_sign` varchar(24) NOT NULL DEFAULT '',
  `will_on` varchar(10) NOT NULL DEFAULT '',
  `project_id` varchar(24) NOT NULL DEFAULT '',
  `status` varchar(24) NOT NULL DEFAULT '',
  `progress` int,
  `actual_finish` varchar(10) NOT NULL DEFAULT '',
  `proof` varchar(600) NOT NULL DEFAULT '',
  `no_money_why` varchar(200) NOT NULL DEFAULT '',
  `why_unfitting` varchar(300) NOT NULL DEFAULT '',
  `version` bigint NOT NULL,
  PRIMARY KEY (`id`)
) {table};
CREATE INDEX `idx_measures_household_id` ON `measures` (`household_id`);
CREATE INDEX `idx_measures_village` ON `measures` (`village`);
CREATE INDEX `idx_measures_due` ON `measures` (`due_date`);

CREATE TABLE `funds` (
  `id` varchar(24) NOT NULL DEFAULT '',
  `measure_id` varchar(20) NOT NULL DEFAULT '',
  `village` varchar(12) NOT NULL DEFAULT '',
  `year` int,
  `source` varchar(24) NOT NULL DEFAULT '',
  `kind` varchar(24) NOT NULL DEFAULT '',
  `amount` decimal(14,2),
  `paid` decimal(14,2),
  `paid_date` varchar(10) NOT NULL DEFAULT '',
  `months` int,
  PRIMARY KEY (`id`)
) {table};
CREATE INDEX `idx_funds_measure_id` ON `funds` (`measure_id`);
CREATE INDEX `idx_funds_village` ON `funds` (`village`);

CREATE TABLE `outputs` (
  `id` varchar(24) NOT NULL DEFAULT '',
  `measure_id` varchar(20) NOT NULL DEFAULT '',
  `village` varchar(12) NOT NULL DEFAULT '',
  `year` int,
  `indicator` varchar(60) NOT NULL DEFAULT '',
  `unit` varchar(24) NOT NULL DEFAULT '',
  `target` decimal(14,2),
  `actual` decimal(14,2),
  `income_effect` decimal(14,2),
  PRIMARY KEY (`id`)
) {table};
CREATE INDEX `idx_outputs_measure_id` ON `outputs` (`measure_id`);
CREATE INDEX `idx_outputs_village` ON `outputs` (`village`);

CREATE TABLE `duties` (
  `id` varchar(24) NOT NULL DEFAULT '',
  `object` varchar(24) NOT NULL DEFAULT '',
  `village` varchar(12) NOT NULL DEFAULT '',
  `level` varchar(12) NOT NULL DEFAULT '',
  `person_id` varchar(20) NOT NULL DEFAULT '',
  `name` varchar(60) NOT NULL DEFAULT '',
  `post` varchar(60) NOT NULL DEFAULT '',
  `unit` varchar(100) NOT NULL DEFAULT '',
  `dept` varchar(60) NOT NULL DEFAULT '',
  `phone` varchar(200) NOT NULL DEFAULT '',
  `role` varchar(24) NOT NULL DEFAULT '',
  `from_date` varchar(10) NOT NULL DEFAULT '',
  `to_date` varchar(10) NOT NULL DEFAULT '',
  `goal` varchar(300) NOT NULL DEFAULT '',
  `deadline` varchar(10) NOT NULL DEFAULT '',
  `reward` varchar(200) NOT NULL DEFAULT '',
  `penalty` varchar(200) NOT NULL DEFAULT '',
  PRIMARY KEY (`id`)
) {table};
CREATE INDEX `idx_duties_object` ON `duties` (`object`);
CREATE INDEX `idx_duties_village` ON `duties` (`village`);
CREATE INDEX `idx_duties_person_id` ON `duties` (`person_id`);

CREATE TABLE `helpers` (
  `id` varchar(24) NOT NULL DEFAULT '',
  `household_id` varchar(16) NOT NULL DEFAULT '',
  `village` varchar(12) NOT NULL DEFAULT '',
  `name` varchar(60) NOT NULL DEFAULT '',
  `unit` varchar(100) NOT NULL DEFAULT '',
  `unit_level` varchar(24) NOT NULL DEFAULT '',
  `phone` varchar(200) NOT NULL DEFAULT '',
  `id_hash` varchar(64) NOT NULL DEFAULT '',
  `from_date` varchar(10) NOT NULL DEFAULT '',
  `to_date` varchar(10) NOT NULL DEFAULT '',
  PRIMARY KEY (`id`)
) {table};
CREATE INDEX `idx_helpers_household_id` ON `helpers` (`household_id`);
CREATE INDEX `idx_helpers_village` ON `helpers` (`village`);

CREATE TABLE `exits` (
  `household_id` varchar(16) NOT NULL DEFAULT '',
  `programme` varchar(40) NOT NULL DEFAULT '',
  `village` varchar(12) NOT NULL DEFAULT '',
  `plan_year` int,
  `plan_quarter` int,
  `seq_no` int,
  `milestones` varchar(600) NOT NULL DEFAULT '',
  PRIMARY KEY (`household_id`, `programme`)
) {table};
CREATE INDEX `idx_exits_village` ON `exits` (`village`);

CREATE TABLE `area_exits` (
  `area` varchar(14) NOT NULL DEFAULT '',
  `programme` varchar(40) NOT NULL DEFAULT '',
  `plan_year` int,
  PRIMARY KEY (`area`, `programme`)
) {table};

CREATE TABLE `photos` (
  `id` varchar(40) NOT NULL DEFAULT '',
  `household_id` varchar(16) NOT NULL DEFAULT '',
  `media` varchar(200) NOT NULL DEFAULT '',
  `about` varchar(60) NOT NULL DEFAULT '',
  `by` varchar(20) NOT NULL DEFAULT '',
  `at` {time} NOT NULL,
  PRIMARY KEY (`id`)
) {table};
CREATE INDEX `idx_photos_household_id` ON `photos` (`household_id`);

CREATE TABLE `changes` (
  `id` {serial},
  `at` {time} NOT NULL,
  `by` varchar(20) NOT NULL DEFAULT '',
  `by_name` varchar(60) NOT NULL DEFAULT '',
  `source` varchar(120) NOT NULL DEFAULT '',
  `household_id` varchar(16) NOT NULL DEFAULT '',
  `village` varchar(12) NOT NULL DEFAULT '',
  `record` varchar(16) NOT NULL DEFAULT '',
  `record_id` varchar(24) NOT NULL DEFAULT '',
  `field` varchar(40) NOT NULL DEFAULT '',
  `old_value` text NOT NULL,
  `new_value` text NOT NULL,
  `undoes` varchar(120) NOT NULL DEFAULT ''
) {table};
CREATE INDEX `idx_changes_source` ON `changes` (`source`);
CREATE INDEX `idx_changes_by` ON `changes` (`by`, `at`);
CREATE INDEX `idx_changes_household_id` ON `changes` (`household_id`);

CREATE TABLE `accesses` (
  `id` {serial},
  `at` {time} NOT NULL,
  `by` varchar(20) NOT NULL DEFAULT '',
  `household_id` varchar(16) NOT NULL DEFAULT '',
  `village` varchar(12) NOT NULL DEFAULT '',
  `what` varchar(24) NOT NULL DEFAULT ''
) {table};
CREATE INDEX `idx_accesses_at` ON `accesses` (`at`);
CREATE INDEX `idx_accesses_household_id` ON `accesses` (`household_id`);

CREATE TABLE `turns` (
  `user` varchar(64) NOT NULL DEFAULT '',
  `turn_key` varchar(120) NOT NULL DEFAULT '',
  `answer` blob,
  `at` {time} NOT NULL,
  PRIMARY KEY (`user`, `turn_key`)
) {table};
CREATE INDEX `idx_turns_at` ON `turns` (`at`);

CREATE TABLE `drafts` (
  `user` varchar(64) NOT NULL DEFAULT '',
  `thing` varchar(60) NOT NULL DEFAULT '',
  `person_id` varchar(20) NOT NULL DEFAULT '',
  `household` varchar(16) NOT NULL DEFAULT '',
  `title` varchar(400) NOT NULL DEFAULT '',
  `body` mediumblob,
  `version` bigint NOT NULL,
  `updated_at` {time} NOT NULL,
  PRIMARY KEY (`user`, `thing`)
) {table};
CREATE INDEX `idx_drafts_household` ON `drafts` (`household`, `updated_at`);

-- The last number given to something that is numbered; never goes down.
CREATE TABLE `serials` (
  `scope` varchar(16) NOT NULL,
  `last` bigint NOT NULL,
  PRIMARY KEY (`scope`)
) {table};

-- Wrong invite codes, to slow down who guesses.
CREATE TABLE `bind_failures` (
  `id` {serial},
  `user` varchar(64) NOT NULL,
  `at` {time} NOT NULL
) {table};
CREATE INDEX `idx_bind_failures_user` ON `bind_failures` (`user`, `at`);

-- Complaints, wishes and corrections.
CREATE TABLE `feedbacks` (
  `id` {serial},
  `at` {time} NOT NULL,
  `user` varchar(64) NOT NULL DEFAULT '',
  `person_id` varchar(20) NOT NULL DEFAULT '',
  `body` varchar(4000) NOT NULL DEFAULT '',
  `answer` varchar(4000) NOT NULL DEFAULT ''
) {table};
CREATE INDEX `idx_feedbacks_at` ON `feedbacks` (`at`);
