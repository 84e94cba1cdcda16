# Answers to questions that anyone may ask. Telegram HTML.

latest-heading = <b>The newest findings</b>
latest-none = Nothing has been found yet. When a finding is published, you can see it here.
latest-gone = There is no finding to show at the moment.

search-heading = <b>{ $words }</b>
search-usage = Write what you are looking for after the command, for example: /search Werrington safety
search-too-long = That is too long to search for. Please use a few words, at most { $limit } characters.
search-none = No finding has all of these words: { $words }. Try fewer words, or another spelling; /latest shows the newest findings.
