async def test_smoke(world):
    soviet = world.channels["soviet"]
    vera, otto = world.readers["vera"], world.readers["otto"]
    r = await vera.slash(soviet, "soviet motion", text="That the author be sent to the gulag.", closes="10m")
    print(r.response.embeds[0].to_dict() if r.response else r)
    print(r.response.components)
    s = await otto.click(r.response, label="Second")
    print(s.response.embeds[0].to_dict())
    await world.env.advance_time(2)
    m = soviet.last_message
    print(m.embeds[0].to_dict(), m.components)
    v = await otto.click(m, label="Aye")
    print(v.response.embeds[0].to_dict(), v.response.components)
    await world.env.advance_time(6)
    print(soviet.last_message.embeds[0].to_dict())
    await world.env.advance_time(610)
    print(soviet.last_message.embeds[0].to_dict())
    print([ (q.method,q.path) for q in world.env.http_requests][-8:])
