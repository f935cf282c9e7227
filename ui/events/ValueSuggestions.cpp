// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/events/ValueSuggestions.h"

#include "event/FieldCatalogue.h"
#include "filter/ProfilePath.h"
#include "store/FieldCensus.h"
#include "ui/widgets/WhenFinished.h"

#include <algorithm>

namespace octotrail::ui {

namespace {

constexpr int maxSuggested = 50;
constexpr qsizetype maxLength = 200; ///< a longer value is nothing to be picked from a list

/// Whether columns tell of all events what they have at the path. A map's keys are slow to look up in each of them.
bool isCountedOfAll(const std::string &path)
{
    using enum filter::ProfilePath::Of;
    if (const auto id = event::fieldByPath(path)) {
        return event::fields()[*id].type != event::FieldType::Time;
    }
    const auto profile = filter::profilePath(event::FieldPath(path));
    return (profile && (profile->of == Actor || profile->of == Device))
        || std::ranges::any_of(
            event::targetMembers, [&](std::string_view member) { return path == "target." + std::string(member); });
}

} // namespace

ValueSuggestions::ValueSuggestions(std::shared_ptr<store::Store> store, QObject *parent)
    : QObject(parent)
    , m_store(std::move(store))
{ }

ValueSuggestions::~ValueSuggestions()
{
    m_stop.request_stop();
}

void ValueSuggestions::ask(const QString &path, const QString &word)
{
    const QString asked = path + QChar(u'\n') + word;
    if (asked == m_asked || isAnswered(path, word)) {
        return;
    }
    m_stop.request_stop();
    m_stop = std::stop_source();
    const quint64 job = ++m_job;
    m_asked = asked;
    whenFinished(store::FieldCensus(*m_store).values(path.toStdString(), word.toStdString(), maxSuggested, m_stop),
        this, [this, job, path, word](const event::Result<store::FieldCensus::Values> &found) {
            if (job != m_job) {
                return;
            }
            m_asked.clear();
            if (found) { // a completion is nobody's work: otherwise there is none
                take(path, word, found->values, found->newest);
                askAll(path, word);
            }
        });
}

void ValueSuggestions::take(
    const QString &path, const QString &word, const std::vector<store::Store::ValueCount> &values, qint64 newest)
{
    m_path = path;
    m_word = word;
    m_newest = newest;
    m_values.clear();
    m_counts.clear();
    for (const store::Store::ValueCount &value : values) {
        const QString text = QString::fromUtf8(value.value.data(), static_cast<qsizetype>(value.value.size()));
        const bool plain = std::ranges::all_of(text, [](QChar c) { return c.isPrint(); });
        // Several targets of an event count, of which only some contain the word.
        if (!text.isEmpty() && plain && text.size() <= maxLength && text.contains(word, Qt::CaseInsensitive)) {
            m_values << text;
            m_counts << value.count;
        }
    }
    Q_EMIT answered();
}

/// The same of all events, which may take a while.
void ValueSuggestions::askAll(const QString &path, const QString &word)
{
    const quint64 job = m_job;
    const std::string asked = filter::readPath(path.toStdString()).value_or(std::string());
    if (!isCountedOfAll(asked)) {
        return;
    }
    store::FacetRequest request;
    request.paths = {asked};
    request.limit = maxSuggested;
    if (!word.isEmpty()) {
        auto contains = filter::parse(filter::comparisonText(asked, filter::Operator::Co, word.toStdString()));
        if (!contains) {
            return;
        }
        request.query.expression = std::move(*contains);
    }
    whenFinished(store::Facets(*m_store).count(std::move(request), m_stop), this,
        [this, job, path, word](const event::Result<store::Facet> &facet) {
            if (job == m_job && facet) {
                take(path, word, facet->values, 0);
            }
        });
}

} // namespace octotrail::ui
