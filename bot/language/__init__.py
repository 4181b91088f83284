"""The languages the bureau speaks.

Whatever readers see goes through `bot.language.speech`; its English is the key of the catalogues,
`<language>/<area>.po`, which `make languages` keeps in step with the source.
"""
