// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "Case.h"

#include <QEventLoop>

namespace octotrail::test {

SearchResult searchAll(store::Store &store, const store::EventQuery &query)
{
    SearchResult result;
    QEventLoop loop;
    const std::unique_ptr<store::Search> search = store.search(query);
    QObject::connect(search.get(), &store::Search::started, &loop, [&](store::Seq last) {
        result.last = last;
        ++result.starts;
    });
    QObject::connect(search.get(), &store::Search::found, &loop, [&](const store::SeqsPtr &seqs) {
        result.seqs.insert(result.seqs.end(), seqs->begin(), seqs->end());
        result.chunks.push_back(seqs->size());
    });
    QObject::connect(search.get(), &store::Search::finished, &loop, [&](qint64 total) {
        result.total = total;
        loop.quit();
    });
    QObject::connect(search.get(), &store::Search::failed, &loop, [&](const event::Error &error) {
        result.error = error;
        loop.quit();
    });
    loop.exec();
    return result;
}

store::EventQuery query(const char *filter, const char *sortPath, bool descending)
{
    store::EventQuery query;
    query.expression = must(filter::parse(filter));
    query.sortPath = sortPath;
    query.descending = descending;
    return query;
}

} // namespace octotrail::test
