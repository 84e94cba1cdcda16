# The language of a chat. Telegram HTML, but for the keys under "Plain text".

language-question =
    <b>In which language should this bot write here?</b>
    Now: { $language }. Findings are quoted in the source’s own words, whatever you choose.
language-chosen = <b>Language: { $language }.</b> Alerts and answers come in it from now on. What sources say stays in their own words.
language-as-telegram = <b>Language: as in Telegram.</b> At the moment that is { $language }. What sources say stays in their own words.

## Plain text: the languages by their own names, a button, the menu.

language-en = English
language-cy = Cymraeg
button-language-telegram = As in Telegram
menu-language = Choose the language: English or Cymraeg
