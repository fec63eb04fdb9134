-- A push that may have been delivered or not has a state of its own; it was a dead letter before.
UPDATE `pushes` SET `state` = 'unsure' WHERE `state` = 'failed' AND `code` = 'unknown';
