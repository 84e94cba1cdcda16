# Iaith y sgwrs. Glossary and grammar: docs/welsh.md. Not yet read by a Welsh speaker.

language-question =
    <b>Ym mha iaith y dylai’r bot hwn ysgrifennu yma?</b>
    Nawr: { $language }. Dyfynnir canfyddiadau yng ngeiriau’r ffynhonnell ei hun, beth bynnag a ddewiswch.
language-chosen = <b>Iaith: { $language }.</b> Dyma iaith yr hysbysiadau a’r atebion o hyn ymlaen. Mae geiriau’r ffynonellau’n aros fel y’u hysgrifennwyd, yn Saesneg gan amlaf.
language-as-telegram = <b>Iaith: fel yn Telegram.</b> Ar hyn o bryd: { $language }. Mae geiriau’r ffynonellau’n aros fel y’u hysgrifennwyd, yn Saesneg gan amlaf.

## Plain text: the languages by their own names, a button, the menu.

language-en = English
language-cy = Cymraeg
button-language-telegram = Fel yn Telegram
menu-language = Dewis iaith: English neu Cymraeg
