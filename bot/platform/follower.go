package platform

import "strconv"

// userInfo tells whether somebody follows; name and picture are not told any
// more since 2021-12-27 (wechat.md §1.11).
func (p *Platform) userInfo(c *call) (any, *apiError) {
	openid := c.request.URL.Query().Get("openid")
	u := p.people[openid]
	if u == nil {
		return nil, fail(40003)
	}
	if !u.Following {
		return map[string]any{"subscribe": 0, "openid": openid}, nil
	}
	scene, source := 0, "ADD_SCENE_SEARCH"
	if u.Scene != "" {
		source = "ADD_SCENE_QR_CODE"
		if n, err := strconv.Atoi(u.Scene); err == nil {
			scene = n
		}
	}
	return map[string]any{
		"subscribe": 1, "openid": openid, "language": "zh_CN", "subscribe_time": u.FollowedAt.Unix(),
		"remark": "", "groupid": 0, "tagid_list": []int{}, "subscribe_scene": source,
		"qr_scene": scene, "qr_scene_str": u.Scene, "nickname": "", "headimgurl": "", "sex": 0,
	}, nil
}

// userList names all followers.
func (p *Platform) userList(*call) (any, *apiError) {
	ids := []string{}
	for _, openid := range p.order {
		if p.people[openid].Following {
			ids = append(ids, openid)
		}
	}
	next := ""
	if len(ids) > 0 {
		next = ids[len(ids)-1]
	}
	return map[string]any{"total": len(ids), "count": len(ids), "data": map[string]any{"openid": ids}, "next_openid": next}, nil
}
