-- Pushes: messages to people that answer nothing, and what their delivery has to know.
-- The row is the truth about a push; the queue on Redis only carries its id.
CREATE TABLE `pushes` (
  `id` varchar(32) NOT NULL,
  `person_id` varchar(20) NOT NULL,
  `village` varchar(14) NOT NULL,
  `kind` varchar(8) NOT NULL,
  `title` varchar(400) NOT NULL DEFAULT '',
  `body` varchar(4000) NOT NULL DEFAULT '',
  `taps` varchar(1000) NOT NULL DEFAULT '',
  `things` bigint NOT NULL DEFAULT 0,
  `due` varchar(10) NOT NULL DEFAULT '',
  `not_before` {time} NOT NULL,
  `expires` {time} NOT NULL,
  `state` varchar(9) NOT NULL,
  `lane` varchar(4) NOT NULL,
  `next_try` {time} NOT NULL,
  `version` bigint NOT NULL DEFAULT 0,
  `tries` bigint NOT NULL DEFAULT 0,
  `trying` varchar(9) NOT NULL DEFAULT '',
  `tried_at` {time},
  `channel` varchar(9) NOT NULL DEFAULT '',
  `code` varchar(16) NOT NULL DEFAULT '',
  `rid` varchar(64) NOT NULL DEFAULT '',
  `user` varchar(64) NOT NULL DEFAULT '',
  `msg_id` varchar(24) NOT NULL DEFAULT '',
  `created_at` {time} NOT NULL,
  `sent_at` {time},
  `ended_at` {time},
  PRIMARY KEY (`id`)
) {table};
CREATE INDEX `idx_pushes_next` ON `pushes` (`lane`, `state`, `next_try`, `id`);
CREATE INDEX `idx_pushes_person` ON `pushes` (`person_id`, `state`);
CREATE INDEX `idx_pushes_village` ON `pushes` (`village`, `created_at`);
CREATE INDEX `idx_pushes_made` ON `pushes` (`created_at`);
CREATE INDEX `idx_pushes_user` ON `pushes` (`user`, `state`);
CREATE INDEX `idx_pushes_msg` ON `pushes` (`msg_id`);

-- What the platform reported before, or without, a push being found for it.
CREATE TABLE `push_reports` (
  `msg_id` varchar(24) NOT NULL,
  `channel` varchar(9) NOT NULL,
  `user` varchar(64) NOT NULL,
  `state` varchar(9) NOT NULL,
  `code` varchar(16) NOT NULL DEFAULT '',
  `at` {time} NOT NULL,
  PRIMARY KEY (`msg_id`)
) {table};
CREATE INDEX `idx_push_reports_user` ON `push_reports` (`user`);
CREATE INDEX `idx_push_reports_at` ON `push_reports` (`at`);

-- The ledger of one WeChat user: the window for customer-service messages, grants for
-- subscription notifications, channels that do not reach the user.
CREATE TABLE `windows` (
  `user` varchar(64) NOT NULL,
  `opened_by` varchar(8) NOT NULL,
  `opened_at` {time} NOT NULL,
  `until` {time} NOT NULL,
  `quota` bigint NOT NULL,
  `used` bigint NOT NULL,
  PRIMARY KEY (`user`)
) {table};
CREATE INDEX `idx_windows_opened_at` ON `windows` (`opened_at`);
CREATE TABLE `grants` (
  `user` varchar(64) NOT NULL,
  `template` varchar(64) NOT NULL,
  `remaining` bigint NOT NULL,
  `last_key` varchar(120) NOT NULL DEFAULT '',
  PRIMARY KEY (`user`, `template`)
) {table};
CREATE TABLE `push_stops` (
  `user` varchar(64) NOT NULL,
  `channel` varchar(9) NOT NULL,
  `code` varchar(16) NOT NULL,
  `until` {time} NOT NULL,
  PRIMARY KEY (`user`, `channel`)
) {table};

-- What is stopped for everybody, and until when.
CREATE TABLE `breakers` (
  `scope` varchar(9) NOT NULL,
  `code` bigint NOT NULL,
  `rid` varchar(64) NOT NULL DEFAULT '',
  `since` {time} NOT NULL,
  `until` {time} NOT NULL,
  PRIMARY KEY (`scope`)
) {table};
