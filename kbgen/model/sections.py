"""Which sections the articles of each type have, and in which order.

A section is recognised by the id of its heading (``## Was ist das {#meaning}``) or by its words in the article's language. Those of other
types are told by their shape (rule KB508): a how-to has numbered steps, an FAQ has questions as headings, a reference a table or lists.

=================  =================================================================================================================
Type               Sections; those in brackets may be left out
=================  =================================================================================================================
troubleshooting    symptoms, environment, cause, resolution, workaround
known-issue        status, [affected], workaround, fixed-in
runbook            meaning, impact, clarify, diagnose, resolve, workaround, communicate, escalate, verify, prevent
procedure          when, steps, [verify]
rule               what, why, [exceptions]
role               duties, [contacts]
policy             applies, rules, [exceptions]
track              goal, [days], [read], [do], [shadow], check
postmortem         what-happened, impact, timeline, cause, helped, actions
=================  =================================================================================================================
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SectionKind:
    """A section: ``id`` the anchor of its heading; ``required`` whether an article of the type must have it."""

    id: str
    required: bool = True


def _all(*ids: str) -> tuple[SectionKind, ...]:
    """Sections in order; one in brackets may be left out."""
    return tuple(SectionKind(name.strip("[]"), not name.startswith("[")) for name in ids)


SECTIONS: Mapping[str, tuple[SectionKind, ...]] = {
    "troubleshooting": _all("symptoms", "environment", "cause", "resolution", "workaround"),
    "known-issue": _all("status", "[affected]", "workaround", "fixed-in"),
    "runbook": _all(
        *("meaning", "impact", "clarify", "diagnose", "resolve"), *("workaround", "communicate", "escalate", "verify", "prevent")
    ),
    "procedure": _all("when", "steps", "[verify]"),
    "rule": _all("what", "why", "[exceptions]"),
    "role": _all("duties", "[contacts]"),
    "policy": _all("applies", "rules", "[exceptions]"),
    "track": _all("goal", "[days]", "[read]", "[do]", "[shadow]", "check"),
    "postmortem": _all("what-happened", "impact", "timeline", "cause", "helped", "actions"),
}
"""Type → its sections, in order."""

_EN: Mapping[str, tuple[str, ...]] = {
    "symptoms": ("Symptoms", "What you see", "Issue"),
    "environment": ("Environment", "Where it happens", "Who is affected"),
    "cause": ("Cause", "Causes", "Why it happens", "Root cause"),
    "resolution": ("Resolution", "Solution", "What to do", "How to fix it"),
    "workaround": ("Workaround", "Workarounds", "Until then", "What helps meanwhile"),
    "status": ("Status",),
    "affected": ("Affected", "Who is affected"),
    "fixed-in": ("Fixed in", "When it is fixed"),
    "meaning": ("Meaning",),
    "impact": ("Impact",),
    "clarify": ("Clarify", "Ask the customer"),
    "diagnose": ("Diagnose", "Diagnosis"),
    "resolve": ("Resolve", "Resolution", "Mitigation"),
    "communicate": ("Communicate", "Communication"),
    "escalate": ("Escalate", "Escalation"),
    "verify": ("Verify", "Verification"),
    "prevent": ("Prevent", "Prevention"),
    "when": ("When", "When to do it", "When to use it"),
    "steps": ("Steps", "Step by step"),
    "what": ("What", "The rule", "Rule"),
    "why": ("Why", "Reason"),
    "exceptions": ("Exceptions",),
    "duties": ("Duties", "What they do", "Responsibilities"),
    "contacts": ("Contacts",),
    "applies": ("Applies", "Applies to", "Who it applies to", "Scope"),
    "rules": ("Rules", "What applies"),
    "goal": ("Goal", "Goals"),
    "days": ("Days", "Day by day"),
    "read": ("Read",),
    "do": ("Do", "Practise"),
    "shadow": ("Shadow", "Watch a colleague"),
    "check": ("Check", "Sign-off"),
    "what-happened": ("What happened",),
    "timeline": ("Timeline",),
    "helped": ("Helped", "What helped"),
    "actions": ("Actions", "What we changed"),
}
_RU: Mapping[str, tuple[str, ...]] = {
    "symptoms": ("Симптомы", "Что вы видите", "Что происходит", "Как это выглядит"),
    "environment": ("Где это происходит", "У кого это происходит", "Кого это касается", "Окружение"),
    "cause": ("Причина", "Причины", "Почему так происходит"),
    "resolution": ("Решение", "Что делать", "Как исправить"),
    "workaround": ("Обходной путь", "Временное решение", "Что поможет пока", "А пока"),
    "status": ("Статус", "Состояние"),
    "affected": ("Кого это касается", "Кого затронуло"),
    "fixed-in": ("Когда исправим", "Когда исправили", "Исправлено в", "Исправлено"),
    "meaning": ("Что это значит", "Что случилось", "Значение"),
    "impact": ("Влияние", "Чем это грозит", "Последствия", "На что влияет"),
    "clarify": ("Уточнить", "Что уточнить", "Спросить у клиента"),
    "diagnose": ("Диагностика", "Что проверить"),
    "resolve": ("Решение", "Как решить", "Что делать", "Устранение"),
    "communicate": ("Что писать клиенту", "Что сказать клиенту", "Общение с клиентом", "Коммуникация"),
    "escalate": ("Эскалация", "Кому передать", "Когда передать"),
    "verify": ("Проверка", "Как убедиться", "Убедиться"),
    "prevent": ("Профилактика", "Чтобы не повторилось", "Как предотвратить"),
    "when": ("Когда", "Когда применять", "Когда это нужно"),
    "steps": ("Шаги", "По шагам", "Порядок действий"),
    "what": ("Что", "Правило", "В чём правило"),
    "why": ("Почему", "Зачем", "Зачем это нужно"),
    "exceptions": ("Исключения",),
    "duties": ("Обязанности", "Что делает", "За что отвечает"),
    "contacts": ("Контакты",),
    "applies": ("Кого касается", "Для кого", "На кого распространяется"),
    "rules": ("Правила", "Что действует"),
    "goal": ("Цель", "Цели"),
    "days": ("По дням", "Дни"),
    "read": ("Прочитать", "Что прочитать"),
    "do": ("Сделать", "Что сделать", "Практика"),
    "shadow": ("Посмотреть, как работают коллеги", "Рядом с коллегой"),
    "check": ("Проверка", "Зачёт", "Итоговая проверка"),
    "what-happened": ("Что произошло", "Что случилось"),
    "timeline": ("Хронология", "Ход событий"),
    "helped": ("Что помогло",),
    "actions": ("Действия", "Что изменили", "Что сделали"),
}
WORDS: Mapping[str, Mapping[str, tuple[str, ...]]] = {"en": _EN, "ru": _RU}
"""Language → section's id → what its heading may say; the first is what kbgen proposes. The settings may add to it (``sections:``)."""


def heading_words(language: str, section: str, more: Mapping[str, Mapping[str, tuple[str, ...]]]) -> tuple[str, ...]:
    """What the heading of a section may say in a language; in one that is not here what it says in English.

    Args:
        language: code of the language, e.g. ``ru``; of ``pt-BR`` the part before the hyphen counts, too.
        section: the section's id.
        more: what the settings add: language → id → words.
    """
    plain = language.partition("-")[0]
    own = WORDS.get(language) or WORDS.get(plain) or (_EN if language not in more and plain not in more else {})
    added = more.get(language) or more.get(plain) or {}
    return (*added.get(section, ()), *own.get(section, ()))
