// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "exchange/ManifestCheck.h"

#include "event/Sha256.h"
#include "exchange/EventCounter.h"
#include "exchange/ManifestJson.h"
#include "store/Integrity.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QObject>
#include <algorithm>

namespace octotrail::exchange {

using event::ErrorKind;
using event::failure;

namespace {

constexpr qint64 largestManifest = qint64{4} << 20;

/// What comes from the manifest, for a sentence.
QString shown(const QString &text)
{
    return text.left(100).simplified();
}

/// Goes through the files; counts their events if all of them are what they were.
event::Result<std::optional<qint64>> checkFiles(
    ManifestCheck &check, const QDir &folder, const std::function<void(double)> &progress, const std::stop_token &stop)
{
    qint64 total = 1;
    for (const ManifestFile &expected : check.manifest.files) {
        total += std::clamp<qint64>(expected.bytes, 0, qint64{1} << 50);
    }
    qint64 done = 0;
    std::optional<qint64> events = 0;
    for (const ManifestFile &expected : check.manifest.files) {
        EventCounter counter(check.manifest.format);
        const auto found = describeFile(folder.filePath(expected.name), stop, [&](std::string_view bytes) {
            counter.feed(bytes);
            done += static_cast<qint64>(bytes.size());
            if (progress) {
                progress(std::min(1.0, double(done) / double(total)));
            }
        });
        if (!found && found.error().kind == ErrorKind::Cancelled) {
            return tl::unexpected(found.error());
        }
        const QString problem = !found       ? found.error().sentence
            : found->bytes != expected.bytes ? QObject::tr("%1 has %2 bytes, and had %3 when it was exported.")
                                                   .arg(shown(expected.name))
                                                   .arg(found->bytes)
                                                   .arg(expected.bytes)
            : found->sha256 != expected.sha256
            ? QObject::tr("%1 is not what was exported: its SHA-256 is %2 instead of %3.")
                  .arg(shown(expected.name), found->sha256, expected.sha256)
            : QString();
        const auto counted = counter.events();
        if (!problem.isEmpty()) {
            check.problems << problem;
            events.reset();
        } else if (!counted) {
            check.unchecked
                << QObject::tr("How many events %1 has is not counted in this format.").arg(shown(expected.name));
            events.reset();
        } else if (events) {
            *events += *counted;
        }
    }
    return events;
}

void checkFigures(ManifestCheck &check, const ManifestText &text, const QString &name, std::optional<qint64> events)
{
    switch (text.checksum) {
    case ManifestText::Checksum::Right:
        break;
    case ManifestText::Checksum::Wrong:
        check.problems
            << QObject::tr("%1 says something else than when it was written: its checksum is another one.").arg(name);
        break;
    case ManifestText::Checksum::None:
        check.problems
            << QObject::tr("%1 has lost its checksum: what it says of the export may have been changed.").arg(name);
        break;
    }
    const Manifest &manifest = check.manifest;
    if (!text.isQueryRead || manifest.events < 0 || manifest.withheld < 0) {
        check.problems << QObject::tr("%1 says of the export what cannot be.").arg(name);
    }
    if (events && *events != manifest.events) {
        check.problems << QObject::tr("%1 speaks of %2 events where the export has %3.")
                              .arg(name)
                              .arg(manifest.events)
                              .arg(*events);
    }
}

/// Whether the query asks what the analyst or Okta may have changed since: notes, and profiles.
bool asksWhatChanges(const store::EventQuery &query)
{
    const std::string text = query.expression.toString();
    return text.find("annotation.") != std::string::npos || text.find(".profile") != std::string::npos;
}

/// What the numbers of events say against the manifest's, as far as they can.
void compareCounts(ManifestCheck &check, const store::PastCount &past)
{
    const Manifest &manifest = check.manifest;
    const qint64 told = manifest.events + manifest.withheld;
    const bool isPart = manifest.isChosen || !manifest.query; // of those that were found
    const bool isTooMany = told > past.now && !past.hasLost;
    const bool isTooFew = told < past.then && !isPart;
    const QString sentence
        = QObject::tr("The manifest speaks of %1 events; of those it can mean the case has %2 by its "
                      "head, and %3 by now.")
              .arg(told)
              .arg(past.then)
              .arg(past.now);
    if (!isTooMany && !isTooFew) {
        if (past.hasLost) {
            check.unchecked << QObject::tr("Events were removed from the case since: there may have been more than it "
                                           "has now.");
        }
    } else if (manifest.query && asksWhatChanges(*manifest.query)) {
        check.unchecked << sentence + QLatin1Char(' ')
                + QObject::tr("The filter asks for notes or profiles, which may have changed since.");
    } else {
        check.problems << sentence;
    }
}

} // namespace

event::Result<ManifestCheck> checkManifest(
    const QString &file, const std::function<void(double)> &progress, const std::stop_token &stop)
{
    const QString name = QFileInfo(file).fileName();
    QFile in(file);
    if (!in.open(QIODevice::ReadOnly)) {
        return failure(ErrorKind::InvalidInput,
            QObject::tr("%1 cannot be read: %2").arg(QDir::toNativeSeparators(file), in.errorString()));
    }
    if (in.size() > largestManifest) {
        return failure(ErrorKind::InvalidInput, QObject::tr("%1 is no manifest of an export.").arg(name));
    }
    const QByteArray bytes = in.read(largestManifest);
    const auto text = readManifest(bytes, name);
    if (!text) {
        return tl::unexpected(text.error());
    }
    ManifestCheck check;
    check.manifest = text->manifest;
    check.sha256 = QString::fromStdString(event::Sha256::hex(event::Sha256::of(bytes.toStdString())));
    return checkFiles(check, QFileInfo(file).absoluteDir(), progress, stop).map([&](std::optional<qint64> events) {
        checkFigures(check, *text, name, events);
        return std::move(check);
    });
}

event::Status compareWithCase(
    ManifestCheck &check, const std::shared_ptr<store::Store> &store, const std::stop_token &stop)
{
    const Manifest &manifest = check.manifest;
    // Of a redacted export all events may have been meant.
    const auto past
        = store::Integrity(store).countAt(manifest.head, manifest.query.value_or(store::EventQuery{}), stop);
    if (!past) {
        return tl::unexpected(past.error());
    }
    if (!past->hasHead) {
        check.problems << QObject::tr(
            "The case's chain never had the manifest's head: the export is of another case, or "
            "one of them was changed.");
        return {};
    }
    if (!past->isChainSound) {
        check.problems << QObject::tr("The case's chain is broken before the manifest's head: octotrail verify tells "
                                      "where.");
    }
    const QString caseName = QFileInfo(store->file()).fileName();
    if (!manifest.caseName.isEmpty() && manifest.caseName != caseName) {
        check.unchecked << QObject::tr(
            "The manifest calls the case %1, and it is %2 now: a file can have been renamed.")
                               .arg(shown(manifest.caseName), caseName);
    }
    if (!manifest.query) {
        check.unchecked << QObject::tr("Which events were asked for, the manifest does not say.");
    }
    if (manifest.isChosen) {
        check.unchecked << QObject::tr("Which events somebody chose, the manifest does not say.");
    }
    compareCounts(check, *past);
    return {};
}

} // namespace octotrail::exchange
