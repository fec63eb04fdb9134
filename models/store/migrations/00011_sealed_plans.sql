-- Why a household is poor and what is done about it names illnesses: sealed like the
-- members' health. Step 12 seals what is there.
{mysql}ALTER TABLE `causes` MODIFY COLUMN `descr` varchar(2400) NOT NULL DEFAULT '';
{mysql}ALTER TABLE `measures` MODIFY COLUMN `content` varchar(4000) NOT NULL DEFAULT '';
