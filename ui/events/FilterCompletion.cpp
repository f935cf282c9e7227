// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/events/FilterCompletion.h"

#include "ui/events/TermText.h"
#include "ui/models/EventColumns.h"

#include <algorithm>
#include <array>

namespace octotrail::ui {

using namespace Qt::StringLiterals;

namespace {

enum class Expect { Path, Operator, Value, Junction };

/// Those that the field's type has, in the order of the documentation.
QStringList operatorsOf(QStringView path, filter::Schema schema)
{
    static const QStringList names{u"eq"_s, u"ne"_s, u"co"_s, u"sw"_s, u"ew"_s, u"pr"_s, u"gt"_s, u"ge"_s, u"lt"_s,
        u"le"_s, u"in"_s, u"re"_s, u"cidr"_s};
    const auto type = schema == filter::Schema::SystemLog ? typeOfPath(path.toString()) : event::FieldType::Text;
    const std::vector<filter::Operator> fitting = operatorsFor(type);
    QStringList result;
    for (qsizetype i = 0; i < names.size(); ++i) {
        if (std::ranges::find(fitting, static_cast<filter::Operator>(i)) != fitting.end()) {
            result << names[i];
        }
    }
    return result;
}

/// Members that Okta documents of users and devices.
const QStringList profilePaths{u"id"_s, u"status"_s, u"created"_s, u"activated"_s, u"lastLogin"_s, u"lastUpdated"_s,
    u"passwordChanged"_s, u"type.id"_s, u"profile.login"_s, u"profile.email"_s, u"profile.firstName"_s,
    u"profile.lastName"_s, u"profile.displayName"_s, u"profile.department"_s, u"profile.title"_s, u"profile.manager"_s,
    u"profile.platform"_s, u"profile.manufacturer"_s, u"profile.model"_s, u"profile.osVersion"_s,
    u"profile.serialNumber"_s, u"profile.registered"_s, u"profile.diskEncryptionType"_s};

/// Values that Okta documents for a field.
QStringList documentedValues(QStringView path)
{
    if (path.compare("outcome.result"_L1, Qt::CaseInsensitive) == 0) {
        return {u"SUCCESS"_s, u"FAILURE"_s, u"ALLOW"_s, u"DENY"_s, u"CHALLENGE"_s, u"SKIPPED"_s, u"UNKNOWN"_s};
    }
    if (path.compare("severity"_L1, Qt::CaseInsensitive) == 0) {
        return {u"DEBUG"_s, u"INFO"_s, u"WARN"_s, u"ERROR"_s};
    }
    if (path.compare("actor.type"_L1, Qt::CaseInsensitive) == 0) {
        return {u"User"_s, u"SystemPrincipal"_s, u"PublicClientApp"_s};
    }
    if (path.compare("target.type"_L1, Qt::CaseInsensitive) == 0) {
        return {u"User"_s, u"AppInstance"_s, u"AppUser"_s, u"UserGroup"_s, u"AuthenticatorEnrollment"_s};
    }
    if (path.endsWith(".profile.status"_L1) || path == "status"_L1) {
        return path.startsWith("device"_L1)
            ? QStringList{u"ACTIVE"_s, u"DEACTIVATED"_s, u"SUSPENDED"_s, u"UNSUSPENDED"_s, u"CREATED"_s}
            : QStringList{u"ACTIVE"_s, u"STAGED"_s, u"PROVISIONED"_s, u"RECOVERY"_s, u"PASSWORD_EXPIRED"_s,
                u"LOCKED_OUT"_s, u"SUSPENDED"_s, u"DEPROVISIONED"_s};
    }
    if (path.endsWith("profile.platform"_L1)) {
        return {u"MACOS"_s, u"WINDOWS"_s, u"IOS"_s, u"ANDROID"_s};
    }
    return typeOfPath(path.toString()) == event::FieldType::Boolean ? QStringList{u"true"_s, u"false"_s}
                                                                    : QStringList();
}

bool isWordCharacter(QChar c)
{
    return c.isLetterOrNumber() || c == u'.' || c == u'_' || c == u'-' || c == u'$' || c == u':';
}

qsizetype endOfWord(QStringView text, qsizetype i, qsizetype end)
{
    while (i < end && isWordCharacter(text[i])) {
        ++i;
    }
    return i;
}

/// Where the quotes close that open at i; the end, if they do not.
qsizetype endOfQuotes(QStringView text, qsizetype i, qsizetype end)
{
    ++i;
    while (i < end && text[i] != u'"') {
        i += text[i] == u'\\' ? 2 : 1;
    }
    return std::min(i, end);
}

/// Behind a dot an odd name may stand in quotes.
qsizetype endOfPath(QStringView text, qsizetype i, qsizetype end)
{
    i = endOfWord(text, i, end);
    while (i < end && i > 0 && text[i] == u'"' && text[i - 1] == u'.') {
        i = std::min(endOfQuotes(text, i, end) + 1, end);
        i = endOfWord(text, i, end);
    }
    return i;
}

/// Those that begin with the word, then those in which it begins a later part.
QStringList matching(const QStringList &all, QStringView word)
{
    if (word.isEmpty()) {
        return all;
    }
    QStringList first;
    QStringList later;
    for (const QString &text : all) {
        if (text.startsWith(word, Qt::CaseInsensitive)) {
            first << text;
        } else if (text.contains(u'.' + word.toString(), Qt::CaseInsensitive)
            || (word.size() >= 3 && text.contains(word, Qt::CaseInsensitive))) {
            later << text;
        }
    }
    first += later;
    if (first.size() == 1 && first.first() == word) {
        first.clear(); // it is written already
    }
    return first;
}

bool equals(QStringView word, QLatin1StringView text)
{
    return word.compare(text, Qt::CaseInsensitive) == 0;
}

} // namespace

FilterCompletion completeFilter(QStringView text, qsizetype cursor, filter::Schema schema, const QStringList &further)
{
    const QStringList paths = schema == filter::Schema::SystemLog ? eventPaths() + further : profilePaths;
    Expect expect = Expect::Path;
    QStringView path;
    qsizetype i = 0;
    cursor = std::clamp<qsizetype>(cursor, 0, text.size());
    while (i < cursor) {
        const QChar c = text[i];
        if (c.isSpace() || c == u',') {
            ++i;
        } else if (c == u'(' || c == u'[') {
            // After in, a bracket opens a list of values.
            expect = expect == Expect::Value ? Expect::Value : Expect::Path;
            ++i;
        } else if (c == u')' || c == u']') {
            expect = Expect::Junction;
            ++i;
        } else if (c == u'"') {
            const qsizetype start = i;
            i = endOfQuotes(text, i, cursor);
            if (i >= cursor) {
                // The cursor is inside the quotes.
                const QStringView word = text.sliced(start + 1, cursor - start - 1);
                QStringList candidates
                    = expect == Expect::Value ? matching(documentedValues(path), word) : QStringList();
                const bool closed = cursor < text.size() && text[cursor] == u'"';
                for (QString &candidate : candidates) {
                    candidate = u'"' + candidate + u'"';
                }
                FilterCompletion completion{start, cursor - start + (closed ? 1 : 0), candidates};
                if (expect == Expect::Value) {
                    completion.valuePath = path.toString();
                    completion.valueWord = word.toString();
                }
                return completion;
            }
            ++i;
            expect = Expect::Junction;
        } else if (isWordCharacter(c)) {
            const qsizetype start = i;
            i = expect == Expect::Path ? endOfPath(text, i, cursor) : endOfWord(text, i, cursor);
            const QStringView word = text.sliced(start, i - start);
            if (i == cursor) {
                switch (expect) {
                case Expect::Path:
                    return {start, i - start, matching(paths, word)};
                case Expect::Operator:
                    return {start, i - start, matching(operatorsOf(path, schema), word)};
                case Expect::Junction:
                    return {start, i - start, matching({u"and"_s, u"or"_s}, word)};
                case Expect::Value: {
                    QStringList candidates = matching(documentedValues(path), word);
                    for (QString &candidate : candidates) {
                        if (candidate != "true"_L1 && candidate != "false"_L1) {
                            candidate = u'"' + candidate + u'"';
                        }
                    }
                    return {start, i - start, candidates, path.toString(), word.toString()};
                }
                }
            }
            switch (expect) {
            case Expect::Path:
                if (!equals(word, "not"_L1)) {
                    path = word;
                    expect = Expect::Operator;
                }
                break;
            case Expect::Operator:
                expect = equals(word, "pr"_L1) ? Expect::Junction : Expect::Value;
                break;
            case Expect::Value:
                expect = Expect::Junction;
                break;
            case Expect::Junction:
                expect = Expect::Path;
                break;
            }
        } else {
            return {};
        }
    }
    // Between words: offered when it was asked for, or where there is little to choose from.
    switch (expect) {
    case Expect::Path:
        return {cursor, 0, paths};
    case Expect::Operator:
        return {cursor, 0, text.isEmpty() ? QStringList() : operatorsOf(path, schema)};
    case Expect::Value: {
        QStringList candidates = documentedValues(path);
        for (QString &candidate : candidates) {
            if (candidate != "true"_L1 && candidate != "false"_L1) {
                candidate = u'"' + candidate + u'"';
            }
        }
        return {cursor, 0, candidates, path.toString(), {}};
    }
    case Expect::Junction:
        return {cursor, 0, cursor > 0 && text[cursor - 1].isSpace() ? QStringList{u"and"_s, u"or"_s} : QStringList()};
    }
    return {};
}

} // namespace octotrail::ui
