# Canfyddiadau a gynigir wrth i rywun ysgrifennu @bot mewn sgwrs arall. Glossary: docs/welsh.md. Not yet read by a Welsh speaker.

inline-described = { $source }, { $date }
inline-start = Cael hysbysiadau gan y bot hwn
inline-none = Dim wedi’i ganfod: gofynnwch i’r bot ei hun
