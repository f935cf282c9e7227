// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/searches/SavedSearch.h"

#include "store/DocumentBody.h"
#include "ui/events/TermText.h"
#include "ui/widgets/PlainText.h"

#include <QCoreApplication>
#include <QMetaEnum>
#include <algorithm>

namespace octotrail::ui {

using namespace Qt::StringLiterals;

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("SavedSearch", text);
}

QString written(const std::optional<event::Timestamp> &time)
{
    return time ? QString::fromStdString(event::formatTimestamp(*time)) : QString();
}

std::optional<event::Timestamp> moment(const QVariant &text)
{
    return event::parseTimestamp(text.toString().toStdString());
}

TimeRangeChoice::State timeOf(const QVariantMap &members)
{
    constexpr qint64 longest = qint64{100} * 365 * 86'400;
    bool isKnown = false;
    const int preset = QMetaEnum::fromType<TimeRangeChoice::Preset>().keyToValue(
        members.value(u"time"_s).toString().toLatin1().constData(), &isKnown);
    TimeRangeChoice::State time;
    time.preset = isKnown ? static_cast<TimeRangeChoice::Preset>(preset) : TimeRangeChoice::Preset::All;
    if (time.preset == TimeRangeChoice::Preset::Relative) {
        time.length = std::chrono::seconds(std::clamp(members.value(u"seconds"_s).toLongLong(), qint64{60}, longest));
    }
    if (time.preset == TimeRangeChoice::Preset::Custom) {
        time.range = {moment(members.value(u"since"_s)), moment(members.value(u"until"_s))};
    }
    return time;
}

} // namespace

QByteArray bodyOf(const BarState &state, const std::vector<store::SourceConfig> &sources)
{
    QVariantMap members{{u"filter"_s, state.filter},
        {u"time"_s,
            QString::fromLatin1(
                QMetaEnum::fromType<TimeRangeChoice::Preset>().valueToKey(static_cast<int>(state.time.preset)))}};
    if (state.time.preset == TimeRangeChoice::Preset::Relative) {
        members.insert(u"seconds"_s, static_cast<qint64>(state.time.length.count()));
    }
    if (state.time.preset == TimeRangeChoice::Preset::Custom) {
        members.insert(u"since"_s, written(state.time.range.since));
        members.insert(u"until"_s, written(state.time.range.until));
    }
    QVariantList off;
    for (const filter::TermList::Disabled &term : state.disabled) {
        off << QVariantMap{{u"place"_s, static_cast<qint64>(term.place)},
            {u"text"_s, QString::fromStdString(term.text)}, {u"word"_s, term.isWord}};
    }
    if (!off.isEmpty()) {
        members.insert(u"switchedOff"_s, off);
    }
    QVariantList chosen;
    for (const store::SourceId id : state.sources) {
        const auto source = std::ranges::find(sources, id, &store::SourceConfig::id);
        if (source != sources.end()) {
            chosen << QVariantMap{{u"uuid"_s, source->uuid}, {u"name"_s, source->name}};
        }
    }
    if (!chosen.isEmpty()) {
        members.insert(u"sources"_s, chosen);
    }
    return store::writeBody(members);
}

SavedSearch readSearch(const store::Document &document, const std::vector<store::SourceConfig> &sources)
{
    SavedSearch search;
    search.document = document;
    const auto members = store::readBody(document.body);
    if (!members) {
        search.problem = members.error().sentence;
        return search;
    }
    search.state.filter = members->value(u"filter"_s).toString();
    if (const auto input = filter::parseInput(search.state.filter.toStdString()); !input) {
        search.problem = tr("The filter is not understood: %1").arg(input.error().sentence);
    }
    search.state.time = timeOf(*members);
    for (const QVariant &each : members->value(u"switchedOff"_s).toList()) {
        const QVariantMap term = each.toMap();
        const std::string text = term.value(u"text"_s).toString().toStdString();
        const bool isWord = term.value(u"word"_s).toBool();
        if (!text.empty() && (isWord || filter::parse(text)) && search.state.disabled.size() < 500) {
            search.state.disabled.push_back(
                {static_cast<std::size_t>(std::max(term.value(u"place"_s).toLongLong(), qint64{0})), text, isWord});
        }
    }
    const QVariantList chosen = members->value(u"sources"_s).toList();
    for (const QVariant &each : chosen) {
        const QVariantMap wanted = each.toMap();
        auto found = std::ranges::find(sources, wanted.value(u"uuid"_s).toString(), &store::SourceConfig::uuid);
        if (found == sources.end()) {
            found = std::ranges::find(sources, wanted.value(u"name"_s).toString(), &store::SourceConfig::name);
        }
        if (found != sources.end()) {
            search.state.sources.push_back(found->id);
        } else if (search.problem.isEmpty()) {
            search.problem = tr("The source \u201c%1\u201d is not in this case: all sources are searched.")
                                 .arg(singleLine(wanted.value(u"name"_s).toString(), 80));
        }
    }
    if (search.state.sources.size() < static_cast<std::size_t>(chosen.size())) {
        search.state.sources.clear();
    }
    return search;
}

QString proposedName(const BarState &state)
{
    const auto terms = filter::TermList::read(state.filter.toStdString());
    QStringList captions;
    if (terms) {
        for (const filter::Term &term : terms->terms()) {
            const QString text = QString::fromStdString(term.text);
            captions << (term.isWord ? text : termCaption(text));
        }
    }
    const QString name = captions.join(u", "_s).left(80);
    return name.isEmpty() ? tr("All events") : name;
}

QString tidyFolder(const QString &folder)
{
    QStringList parts;
    for (const QString &part : folder.split(u'/')) {
        if (!part.trimmed().isEmpty()) {
            parts << part.simplified();
        }
    }
    return parts.join(u'/').left(200);
}

} // namespace octotrail::ui
