// Package config is the operator's settings: read from four places, typed, and checked as a whole.
//
//	defaults  <  file (--config, HHQ_CONFIG)  <  environment (HHQ_…)  <  flags
//
// The file has the form of an environment file and the very names of the environment, so that one file serves
// systemd's EnvironmentFile, Docker's env_file and --config alike and there is one name to look up. Every secret may
// also come out of a file of its own, named by <NAME>_FILE.
//
// [Load] never stops at the first mistake: it returns all of them as [Problems], each with what to do. The operator
// reads them in Chinese; sentences, meanings and examples stand in texts.zh.yaml, this code holds keys only.
//
// It must not know what a setting is used for: it imports nothing of ours, opens no database and calls nobody. A
// secret is a [Secret] from the moment it is read and cannot be printed by accident.
package config
