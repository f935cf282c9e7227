// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/editor/RuleCompletion.h"

#include "ui/editor/RuleWords.h"

#include <QRegularExpression>
#include <QSet>
#include <algorithm>

namespace octotrail::ui {

using namespace Qt::StringLiterals;
using rulewords::Words;

namespace {

constexpr std::size_t mostCandidates = 300;

bool isWordCharacter(QChar c)
{
    return c.isLetterOrNumber() || c == u'_' || c == u'-' || c == u'.';
}

/// A line of YAML.
struct Line
{
    int column = 0; ///< of its contents, behind the hyphen of an item
    int hyphen = -1; ///< the column of an item's hyphen; -1: none
    QString key; ///< before the colon, without quotes; empty if there is none
    QStringView rest; ///< behind the colon, or all of it
    bool isBlank = true;

    bool isItem() const { return hyphen >= 0; }
    /// A key in a column before this one encloses the line's neighbours.
    int limit() const { return isItem() ? hyphen + 1 : column; }
};

Line readLine(QStringView text)
{
    Line line;
    qsizetype at = 0;
    while (at < text.size() && text[at] == u' ') {
        ++at;
    }
    while (at < text.size() && text[at] == u'-' && (at + 1 == text.size() || text[at + 1] == u' ')) {
        line.hyphen = line.isItem() ? line.hyphen : static_cast<int>(at);
        ++at;
        while (at < text.size() && text[at] == u' ') {
            ++at;
        }
    }
    line.column = static_cast<int>(at);
    line.rest = text.sliced(at);
    line.isBlank = line.rest.isEmpty() || line.rest.startsWith(u'#');
    static const QRegularExpression key(u"^['\"]?([^'\":{}\\[\\],#]+)['\"]?:(?: |$)"_s);
    const auto match = key.match(line.rest.toString());
    if (match.hasMatch() && !line.isBlank) {
        line.key = match.captured(1).trimmed();
        line.rest = line.rest.sliced(match.capturedLength());
    }
    return line;
}

/// Where the cursor is in a YAML text.
struct Place
{
    QStringList parents; ///< keys that enclose the line, outermost first
    QString key; ///< whose value the cursor is in; empty: a key may be written here
    QString word; ///< before the cursor
    bool isBareItem = false; ///< a list's item without a key of its own
    bool isInFlow = false; ///< within { } or [ ]
    QString flowKey; ///< the key in the braces before the word, if its value is at the cursor
};

/// The braces around the end of the text, and the key behind which it stands.
void readFlow(QStringView value, Place &place)
{
    int depth = 0;
    QChar quote;
    for (const QChar c : value) {
        if (!quote.isNull()) {
            quote = c == quote ? QChar() : quote;
        } else if (c == u'\'' || c == u'"') {
            quote = c;
        } else if (c == u'{' || c == u'[') {
            ++depth;
        } else if (c == u'}' || c == u']') {
            --depth;
        }
    }
    place.isInFlow = depth > 0;
    static const QRegularExpression key(u"[{,]\\s*['\"]?([A-Za-z0-9_.|-]+)['\"]?:\\s*(?:\\[[^\\]]*)?['\"]?$"_s);
    const QString before = value.chopped(std::min(value.size(), place.word.size())).toString();
    if (const auto match = key.match(before); match.hasMatch()) {
        place.flowKey = match.captured(1);
    }
}

Place findPlace(QStringView before)
{
    const QList<QStringView> lines = before.split(u'\n');
    Place place;
    const Line here = readLine(lines.back());
    qsizetype start = lines.back().size();
    while (start > 0 && isWordCharacter(lines.back()[start - 1])) {
        --start;
    }
    place.word = lines.back().sliced(start).toString();
    place.key = here.key;
    place.isBareItem = here.isItem() && here.key.isEmpty();
    int limit = here.limit();
    for (qsizetype i = lines.size() - 2; i >= 0 && limit > 0; --i) {
        if (lines[i].startsWith(u"---")) {
            break;
        }
        const Line line = readLine(lines[i]);
        if (!line.key.isEmpty() && line.column < limit) {
            place.parents.prepend(line.key);
            limit = line.limit();
        } else if (line.isItem() && line.column == limit) {
            limit = line.limit(); // the first line of the map that the cursor is in
        }
    }
    // A value in a list belongs to the list's key, unless maps stand in it.
    static const QStringList listsOfMaps{u"tests"_s, u"events"_s, u"Tests"_s, u"Mocks"_s};
    if (place.isBareItem && !place.parents.isEmpty() && !listsOfMaps.contains(place.parents.back())) {
        place.key = place.parents.takeLast();
    }
    readFlow(here.rest, place);
    return place;
}

bool startsWith(const QString &text, const QString &word)
{
    return text.startsWith(word, Qt::CaseInsensitive);
}

/// Those that begin with the word first, then those that have it somewhere.
RuleCompletion offer(qsizetype cursor, const QString &word, const Words &words)
{
    RuleCompletion completion{cursor - word.size(), word.size(), {}};
    for (const bool atStart : {true, false}) {
        for (const RuleCandidate &one : words) {
            const bool begins = startsWith(one.text, word);
            const bool isMeant = atStart ? begins : !begins && one.text.contains(word, Qt::CaseInsensitive);
            if (isMeant && completion.candidates.size() < mostCandidates) {
                completion.candidates.push_back(one);
            }
        }
    }
    // What is there already needs no list.
    if (completion.candidates.size() == 1 && completion.candidates.front().inserted() == word) {
        completion.candidates.clear();
    }
    return completion;
}

QString fieldOf(const QString &key)
{
    return key.left(key.indexOf(u'|') < 0 ? key.size() : key.indexOf(u'|'));
}

const Words &valuesOfField(const QString &key)
{
    const QString field = fieldOf(key);
    return field.compare(u"eventType", Qt::CaseInsensitive) == 0 ? rulewords::eventTypes() : rulewords::valuesOf(field);
}

Words joined(const Words &a, const Words &b)
{
    Words all = a;
    all.insert(all.end(), b.begin(), b.end());
    return all;
}

/// The names of selections of the text's detection, and the words of conditions.
Words conditionWords(QStringView text)
{
    Words words;
    bool isInDetection = false;
    int depth = -1;
    for (const QStringView raw : text.split(u'\n')) {
        const Line line = readLine(raw);
        if (line.isBlank) {
            continue;
        }
        if (line.column == 0) {
            isInDetection = line.key == u"detection";
            depth = -1;
        } else if (isInDetection && !line.key.isEmpty()) {
            depth = depth < 0 ? line.column : depth;
            if (line.column == depth && line.key != u"condition") {
                words.push_back({line.key, QObject::tr("a selection")});
            }
        }
    }
    for (const auto &[word, description] : {std::pair(u"and"_s, QString()), std::pair(u"or"_s, QString()),
             std::pair(u"not"_s, QString()), std::pair(u"1 of selection*"_s, QObject::tr("any selection of that name")),
             std::pair(u"all of selection*"_s, QObject::tr("all selections of that name")),
             std::pair(u"1 of them"_s, QObject::tr("any selection"))}) {
        words.push_back({word, description});
    }
    return words;
}

/// The names and ids of the rules in the text.
Words ruleNames(QStringView text)
{
    Words words;
    static const QRegularExpression name(u"^name:[ \\t]*['\"]?([^'\"\\n]+)"_s, QRegularExpression::MultilineOption);
    auto matches = name.globalMatch(text.toString());
    while (matches.hasNext()) {
        words.push_back({matches.next().captured(1).trimmed(), QObject::tr("a rule of this file")});
    }
    return words;
}

/// In the events of a test: path is what encloses the cursor within an event.
RuleCompletion inEvent(qsizetype cursor, const Place &place, QStringList path)
{
    const QString key = place.isInFlow ? place.flowKey : place.key;
    if (place.isInFlow && key.isEmpty()) {
        // The braces' own path is not known: names of all depths.
        Words names = rulewords::namesBelow({});
        for (const QString &parent : {u"actor"_s, u"client"_s, u"outcome"_s, u"target"_s}) {
            names = joined(names, rulewords::namesBelow({parent}));
        }
        return offer(cursor, place.word, names);
    }
    if (key.isEmpty()) {
        return offer(cursor, place.word, rulewords::namesBelow(path));
    }
    path << key;
    return offer(cursor, place.word, valuesOfField(place.isInFlow ? key : path.join(u'.')));
}

/// Field paths as keys of a selection, modifiers behind a bar.
RuleCompletion inSelection(qsizetype cursor, const Place &place, QStringView line)
{
    const QString key = place.isInFlow ? place.flowKey : place.key;
    if (!key.isEmpty()) {
        return offer(cursor, place.word, valuesOfField(key));
    }
    const qsizetype wordStart = line.size() - place.word.size();
    if (wordStart > 0 && line[wordStart - 1] == u'|') {
        return offer(cursor, place.word, rulewords::sigmaModifiers());
    }
    Words fields = rulewords::fieldPaths();
    for (RuleCandidate &field : fields) {
        field.insertion = field.text + u": "_s;
    }
    return offer(cursor, place.word, fields);
}

RuleCompletion completeSigma(QStringView text, qsizetype cursor)
{
    const QStringView before = text.first(cursor);
    const QStringView line = before.sliced(before.lastIndexOf(u'\n') + 1);
    const Place place = findPlace(before);
    const QString outer = place.parents.value(0);
    if (place.parents.isEmpty()) {
        if (place.key.isEmpty()) {
            // Keys of the document start at its left edge.
            return line.size() == place.word.size() ? offer(cursor, place.word, rulewords::sigmaAttributes())
                                                    : RuleCompletion{};
        }
        if (place.key == u"tags") {
            return offer(cursor, place.word, rulewords::attackTags());
        }
        if (place.isInFlow && place.key == u"detection") {
            return inSelection(cursor, place, line);
        }
        if (place.isInFlow && place.key == u"logsource") {
            return offer(cursor, place.word, rulewords::valuesOf(place.flowKey));
        }
        return offer(cursor, place.word, rulewords::valuesOf(place.key));
    }
    if (outer == u"logsource") {
        return offer(cursor, place.word,
            place.key.isEmpty() ? rulewords::logsourceAttributes() : rulewords::valuesOf(place.key));
    }
    if (outer == u"detection") {
        if (place.parents.size() > 1) {
            return inSelection(cursor, place, line);
        }
        if (place.key == u"condition") {
            return offer(cursor, place.word, conditionWords(text));
        }
        if (place.isInFlow) {
            return inSelection(cursor, place, line);
        }
        if (place.isBareItem) { // a list of maps
            Place inMap = place;
            inMap.key.clear();
            return inSelection(cursor, inMap, line);
        }
        return place.key.isEmpty() ? offer(cursor, place.word, rulewords::selectionNames()) : RuleCompletion{};
    }
    if (outer == u"correlation") {
        if (place.key.isEmpty()) {
            return offer(cursor, place.word, rulewords::correlationAttributes());
        }
        if (place.key == u"rules") {
            return offer(cursor, place.word, ruleNames(text));
        }
        if (place.key == u"group-by" || place.key == u"field"
            || (place.key == u"condition" && place.flowKey == u"field")) {
            return offer(cursor, place.word, rulewords::fieldPaths());
        }
        return offer(cursor, place.word, place.key == u"type" ? rulewords::correlationTypes() : Words{});
    }
    if (outer == u"alert") {
        if (place.key.isEmpty()) {
            return offer(cursor, place.word, rulewords::alertAttributes());
        }
        const bool isInBraces = line.lastIndexOf(u'{') > line.lastIndexOf(u'}');
        return place.key == u"dedup" || (place.key == u"title" && isInBraces)
            ? offer(cursor, place.word, rulewords::fieldPaths())
            : RuleCompletion{};
    }
    if (outer == u"tests") {
        const qsizetype events = place.parents.indexOf(u"events"_s);
        if (events >= 0 || place.key == u"events") {
            return inEvent(cursor, place, events >= 0 ? place.parents.sliced(events + 1) : QStringList());
        }
        return place.key.isEmpty() ? offer(cursor, place.word, rulewords::testAttributes())
                                   : offer(cursor, place.word, rulewords::valuesOf(place.key));
    }
    return {};
}

RuleCompletion completePantherYaml(QStringView text, qsizetype cursor)
{
    const QStringView before = text.first(cursor);
    const QStringView line = before.sliced(before.lastIndexOf(u'\n') + 1);
    const Place place = findPlace(before);
    if (place.parents.isEmpty()) {
        if (place.key.isEmpty()) {
            return line.size() == place.word.size() ? offer(cursor, place.word, rulewords::pantherAttributes())
                                                    : RuleCompletion{};
        }
        return offer(cursor, place.word, rulewords::valuesOf(place.key));
    }
    if (place.parents.value(0) == u"Tests") {
        const qsizetype log = place.parents.indexOf(u"Log"_s);
        if (log >= 0 || place.key == u"Log") {
            return inEvent(cursor, place, log >= 0 ? place.parents.sliced(log + 1) : QStringList());
        }
        return offer(cursor, place.word,
            place.key.isEmpty() ? rulewords::pantherTestAttributes() : rulewords::valuesOf(place.key));
    }
    return {};
}

RuleCompletion completePython(QStringView text, qsizetype cursor)
{
    const QStringView before = text.first(cursor);
    const QStringView line = before.sliced(before.lastIndexOf(u'\n') + 1);
    qsizetype start = line.size();
    while (start > 0 && isWordCharacter(line[start - 1])) {
        --start;
    }
    QString word = line.sliced(start).toString();
    const QStringView ahead = line.first(start);
    const bool isInString = ahead.endsWith(u'"') || ahead.endsWith(u'\'');
    if (isInString) {
        static const QRegularExpression getter(
            u"\\b(?:get|deep_get|deep_walk)\\(((?:\\s*['\"][^'\"]*['\"]\\s*,)*)\\s*['\"]$"_s);
        if (const auto match = getter.match(ahead.toString()); match.hasMatch()) {
            QStringList path;
            static const QRegularExpression name(u"['\"]([^'\"]*)['\"]"_s);
            auto names = name.globalMatch(match.captured(1));
            while (names.hasNext()) {
                path << names.next().captured(1);
            }
            Words words = rulewords::namesBelow(path);
            for (RuleCandidate &one : words) {
                one.insertion = one.text;
            }
            return offer(cursor, word, words);
        }
        static const QRegularExpression type(u"eventType['\"]\\)?\\s*(==|!=|in)\\s*[\\[({]?[^\\])}]*$"_s);
        if (type.match(ahead.toString()).hasMatch() || word.contains(u'.')) {
            return offer(cursor, word, rulewords::eventTypes());
        }
        return {};
    }
    if (const QString prefix = u"event."_s; word.startsWith(prefix)) {
        word.remove(0, prefix.size());
        return offer(cursor, word, rulewords::eventMethods());
    }
    return start == 0 && !word.isEmpty() ? offer(cursor, word, rulewords::pythonFunctions()) : RuleCompletion{};
}

} // namespace

RuleCompletion completeRule(QStringView text, qsizetype cursor, RuleLanguage language)
{
    cursor = std::clamp<qsizetype>(cursor, 0, text.size());
    const QStringView before = text.first(cursor);
    if (before.sliced(before.lastIndexOf(u'\n') + 1).trimmed().startsWith(u'#')) {
        return {};
    }
    switch (language) {
    case RuleLanguage::Sigma:
        return completeSigma(text, cursor);
    case RuleLanguage::PantherYaml:
        return completePantherYaml(text, cursor);
    case RuleLanguage::Python:
        return completePython(text, cursor);
    }
    return {};
}

} // namespace octotrail::ui
