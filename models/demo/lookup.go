package demo

import "github.com/huhuqing/huhuqing/models"

// The two villages: the one the main cadre works in, and its neighbour.
const (
	Dashuijing = "539901200201" // 大水井村
	Xiaoqing   = "539901200202" // 小箐村
)

// Headed is a copy of the first dossier whose head has that name, nil when
// there is none. Group picks among namesakes; "" takes any.
func (d Demo) Headed(name, group string) *models.Dossier {
	for i := range d.Dossiers {
		x := d.Dossiers[i]
		if h := x.Head(); h != nil && h.Name == name && (group == "" || x.Household.Group == group) {
			return &x
		}
	}
	return nil
}

// Person is the first person who has that role, nil when there is none.
func (d Demo) Person(role models.Role) *models.Person {
	for i := range d.People {
		if d.People[i].Role == role {
			return &d.People[i]
		}
	}
	return nil
}

// ZhangDayou is 张大有 of 三组: complete, with a plan.
func ZhangDayou(d Demo) *models.Dossier { return d.Headed("张大有", "") }

// LiXiaoer is 李小二 of that group; there is one in 三组 and one in 五组.
func LiXiaoer(d Demo, group string) *models.Dossier { return d.Headed("李小二", group) }

// YanWen is 岩温 of that group; there is one in 四组 and one in 五组.
func YanWen(d Demo, group string) *models.Dossier { return d.Headed("岩温", group) }
