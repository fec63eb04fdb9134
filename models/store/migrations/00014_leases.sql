-- Which replica does what one of them is enough for.
CREATE TABLE `leases` (
  `name` varchar(64) NOT NULL,
  `holder` varchar(32) NOT NULL,
  `until` {time} NOT NULL,
  PRIMARY KEY (`name`)
) {table};
