package store

import "github.com/huhuqing/huhuqing/models"

type households struct {
	*Store
	models.Households
}
