package platform

// template is a template message.
func template(openid, id, url string, data map[string]string) map[string]any {
	values := map[string]any{}
	for key, value := range data {
		values[key] = map[string]string{"value": value}
	}
	return map[string]any{"touser": openid, "template_id": id, "url": url, "data": values}
}
