// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/events/ValueSuggestions.h"

#include "event/FieldCatalogue.h"
#include "store/FieldCensus.h"
#include "ui/widgets/WhenFinished.h"

#include <algorithm>

namespace octotrail::ui {

namespace {

constexpr int maxSuggested = 50;
constexpr qsizetype maxLength = 200; ///< a longer value is nothing to be picked from a list

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
        this, [this, job, path, word](const event::Result<std::vector<store::Store::ValueCount>> &values) {
            if (job != m_job) {
                return;
            }
            m_asked.clear();
            if (values) { // a completion is nobody's work: otherwise there is none
                take(path, word, *values);
                askAll(path, word);
            }
        });
}

void ValueSuggestions::take(
    const QString &path, const QString &word, const std::vector<store::Store::ValueCount> &values)
{
    m_path = path;
    m_word = word;
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
    const bool target = path.compare(QStringLiteral("target.alternateId"), Qt::CaseInsensitive) == 0;
    const auto id = event::fieldByPath(path.toStdString());
    if (!target && (!id || event::fields()[*id].type == event::FieldType::Time)) {
        return;
    }
    store::FacetRequest request;
    request.paths = {target ? std::string("target") : path.toStdString()};
    request.limit = maxSuggested;
    if (!word.isEmpty()) {
        auto contains
            = filter::parse(filter::comparisonText(path.toStdString(), filter::Operator::Co, word.toStdString()));
        if (!contains) {
            return;
        }
        request.query.expression = std::move(*contains);
    }
    whenFinished(store::Facets(*m_store).count(std::move(request), m_stop), this,
        [this, job, path, word](const event::Result<store::Facet> &facet) {
            if (job == m_job && facet) {
                take(path, word, facet->values);
            }
        });
}

} // namespace octotrail::ui
