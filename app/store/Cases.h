// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "event/Result.h"

#include <QFuture>
#include <QString>
#include <functional>
#include <memory>
#include <stop_token>

/// What is done with cases as a whole.
namespace octotrail::store {

class Store;

/// Opens a case of which nothing is changed, wherever it lies. Others may read it at the same time; what is written
/// fails with Refused. Refused, too, if an older version wrote it, since it would have to be migrated; else as
/// Store::open(). Waits for the disk.
event::Result<std::shared_ptr<Store>> openReadOnly(const QString &file);
/// The same on a thread of its own.
QFuture<event::Result<std::shared_ptr<Store>>> openReadOnlyLater(const QString &file);
bool isReadOnly(Store &store);

/// Whether both names lead to one file, by whatever path or link. Opens neither.
bool isSameFile(const QString &one, const QString &other);

struct CopyProgress
{
    enum class Step { Copying, Verifying };
    Step step = Step::Copying;
    double fraction = 0; ///< of the step
};

/// A copy that is whole and looked through.
struct CopyReport
{
    std::int64_t events = 0;
    QString head; ///< of the integrity chain, the same in both; empty if there never was an event
};

/// Copies the case as it is now into another file, readable by its owner alone. The copy is made of what is committed,
/// while writes wait and reads go on; then it is opened, each event in it verified, and only then it gets its name. A
/// file of that name is replaced. Refused if it is this case, Locked if it is a case that another program has open.
/// Waits: call it from a worker thread. What is unfinished is removed if it fails or is stopped.
event::Result<CopyReport> saveCopy(const std::shared_ptr<Store> &store, const QString &file,
    const std::function<void(CopyProgress)> &progress, const std::stop_token &stop);

} // namespace octotrail::store
