// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/TransferArea.h"

#include "ui/transfer/ExportDialog.h"
#include "ui/transfer/ImportDialog.h"
#include "ui/transfer/TransferBar.h"
#include "ui/transfer/TransferFolder.h"
#include "ui/widgets/WhenFinished.h"

#include <QDateTime>
#include <QFileDialog>
#include <QFuture>
#include <QTimer>
#include <QVBoxLayout>

namespace octotrail::ui {

namespace {

/// What takes no longer is not told of.
constexpr std::chrono::milliseconds quietFor{300};

} // namespace

TransferArea::TransferArea(std::shared_ptr<store::Store> store, QWidget *parent)
    : QWidget(parent)
    , m_store(std::move(store))
    , m_layout(new QVBoxLayout(this))
{
    m_layout->setContentsMargins({});
    m_layout->setSpacing(0);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Maximum);
}

TransferArea::~TransferArea() = default;

void TransferArea::askForImport()
{
    auto *dialog = new QFileDialog(window(), tr("Import archive"), transferFolder(),
        tr("Archives (*.json *.ndjson *.jsonl *.csv *.gz *.zst *.zip);;All files (*)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFiles);
    connect(dialog, &QFileDialog::filesSelected, this, [this](const QStringList &files) {
        if (!files.isEmpty()) {
            importFiles(files);
        }
    });
    dialog->open();
}

void TransferArea::importFiles(const QStringList &files)
{
    rememberTransferFolder(files.value(0));
    whenFinished(
        m_store->sources(), this, [this, files](const event::Result<std::vector<store::SourceConfig>> &sources) {
            QStringList names;
            if (sources) {
                for (const store::SourceConfig &source : *sources) {
                    names << source.name;
                }
            }
            auto *dialog = new ImportDialog(files, names, m_store->file(), window());
            connect(dialog, &QDialog::accepted, this, [this, dialog] {
                start(TransferJob::importFiles(m_store, dialog->files(), dialog->sourceName(), this));
            });
            dialog->open();
        });
}

void TransferArea::askForExport(const Offer &offer)
{
    const auto chosen = offer.chosen ? static_cast<qint64>(offer.chosen->size()) : 0;
    auto *dialog = new ExportDialog({offer.what, offer.total, chosen}, offer.shownPaths, window());
    dialog->setReport(m_report);
    connect(dialog, &QDialog::accepted, this, [this, dialog, offer] {
        m_report = dialog->options().report;
        TransferJob::Export wanted{offer.query, dialog->options(), dialog->redaction()};
        wanted.options.report.zone = offer.zone;
        wanted.options.chosen = dialog->isChosenOnly() ? offer.chosen : offer.found;
        const QString suffix = dialog->suffix();
        const QString name
            = QStringLiteral("octotrail-%1.%2")
                  .arg(QDateTime::currentDateTimeUtc().toString(QStringLiteral("yyyyMMdd-HHmmss")), suffix);
        auto *chooser = new QFileDialog(window(), tr("Export to"), transferFolder());
        chooser->setAttribute(Qt::WA_DeleteOnClose);
        chooser->setAcceptMode(QFileDialog::AcceptSave);
        chooser->setDefaultSuffix(suffix);
        chooser->selectFile(name);
        connect(chooser, &QFileDialog::fileSelected, this, [this, wanted](const QString &file) {
            rememberTransferFolder(file);
            start(TransferJob::exportQuery(m_store, wanted, file, this));
        });
        chooser->open();
    });
    dialog->open();
}

void TransferArea::start(TransferJob *job)
{
    auto *bar = new TransferBar(job, this);
    m_layout->addWidget(bar);
    if (job->isQuiet()) {
        bar->hide();
        QTimer::singleShot(quietFor, bar, &QWidget::show);
    }
    ++m_running;
    connect(job, &TransferJob::finished, this, [this, bar, job](const TransferJob::Outcome &outcome) {
        --m_running;
        const bool isTold = !job->isQuiet() || !bar->isHidden() || outcome.kind == TransferJob::Outcome::Kind::Failed;
        bar->hide();
        bar->deleteLater();
        if (isTold) {
            Q_EMIT finished(job->title(), outcome);
        }
    });
    job->start();
}

} // namespace octotrail::ui
