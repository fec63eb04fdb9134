package main

import (
	"maps"
	"slices"

	"github.com/huhuqing/huhuqing/bot/platform"
	"github.com/huhuqing/huhuqing/config"
)

// localTemplates are the template messages of the local WeChat, so that reminders of
// the demo reach people who have not written for two days. Settings win: then the
// local WeChat takes every template.
func localTemplates(set config.Templates) (config.Templates, []platform.Template) {
	if set.Due.ID != "" || set.Digest.ID != "" || set.Review.ID != "" {
		return set, nil
	}
	out := config.Templates{
		Due:    config.Template{ID: "demo-template-due", Keywords: map[string]string{"household": "thing1", "step": "thing2", "due": "date3"}},
		Digest: config.Template{ID: "demo-template-digest", Keywords: map[string]string{"count": "number1", "step": "thing2", "day": "date3"}},
		Review: config.Template{ID: "demo-template-review", Keywords: map[string]string{"household": "thing1", "step": "thing2"}},
	}
	var all []platform.Template
	for key, t := range map[string]config.Template{"due": out.Due, "digest": out.Digest, "review": out.Review} {
		one := platform.Template{ID: t.ID, Title: say("template_" + key)}
		for _, ours := range slices.Sorted(maps.Keys(t.Keywords)) {
			one.Fields = append(one.Fields, platform.Field{Key: t.Keywords[ours], Name: say("template_field_" + ours)})
		}
		slices.SortFunc(one.Fields, func(a, b platform.Field) int { return int(a.Key[len(a.Key)-1]) - int(b.Key[len(b.Key)-1]) })
		all = append(all, one)
	}
	return out, all
}
