# Findings that are offered while somebody writes @bot in another chat. Plain text, for Telegram shows no markup there.

inline-described = { $source }, { $date }
inline-start = Get alerts from this bot
inline-none = Nothing found: ask the bot itself
