// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/transfer/ImportPreviewPane.h"

#include "event/ThreadPriority.h"
#include "ui/style/Metrics.h"
#include "ui/widgets/PlainText.h"

#include <QDateTime>
#include <QFormLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLocale>
#include <QTreeWidget>
#include <QVBoxLayout>

namespace octotrail::ui {

namespace {

QString number(qint64 n)
{
    return QLocale().toString(n);
}

QString timeText(event::Timestamp time)
{
    const auto milliseconds = std::chrono::floor<std::chrono::milliseconds>(time.time_since_epoch()).count();
    return QDateTime::fromMSecsSinceEpoch(milliseconds, Qt::UTC).toString(QStringLiteral("yyyy-MM-dd HH:mm:ss"));
}

QLabel *plainLabel(QWidget *parent)
{
    auto *label = new QLabel(parent);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    return label;
}

QTreeWidget *table(const QStringList &headers, const QString &name, QWidget *parent)
{
    auto *tree = new QTreeWidget(parent);
    tree->setRootIsDecorated(false);
    tree->setUniformRowHeights(true);
    tree->setAccessibleName(name);
    tree->setHeaderLabels(headers);
    return tree;
}

/// Rows are only added: what was shown once stays true.
void addRow(QTreeWidget *tree, const QStringList &cells)
{
    QStringList shown;
    for (const QString &cell : cells) {
        shown << singleLine(cell, 300);
    }
    auto *item = new QTreeWidgetItem(tree, shown); // the tree owns it
    for (int column = 0; column < shown.size(); ++column) {
        item->setToolTip(column, toolTip(shown[column]));
    }
}

} // namespace

ImportPreviewPane::ImportPreviewPane(QStringList files, QString storeFile, QWidget *parent)
    : QWidget(parent)
    , m_files(std::move(files))
    , m_storeFile(std::move(storeFile))
    , m_form(plainLabel(this))
    , m_count(plainLabel(this))
    , m_times(plainLabel(this))
    , m_note(plainLabel(this))
    , m_rows(table(
          {tr("Time (UTC)"), tr("Event type"), tr("Actor"), tr("Result"), tr("Message")}, tr("First events"), this))
    , m_skipped(plainLabel(this))
    , m_problems(table({tr("Line"), tr("What is wrong"), tr("File")}, tr("Problems"), this))
{
    m_form->setObjectName(QStringLiteral("previewForm"));
    m_count->setObjectName(QStringLiteral("previewCount"));
    m_times->setObjectName(QStringLiteral("previewTimes"));
    m_note->setObjectName(QStringLiteral("previewNote"));
    m_rows->setObjectName(QStringLiteral("previewRows"));
    m_problems->setObjectName(QStringLiteral("previewProblems"));
    m_rows->setMinimumHeight(7 * metrics::RowHeight);
    m_rows->setColumnWidth(0, 25 * metrics::Unit);
    m_rows->setColumnWidth(1, 24 * metrics::Unit);
    m_rows->setColumnWidth(2, 22 * metrics::Unit);
    m_rows->setColumnWidth(3, 10 * metrics::Unit);
    m_problems->setFixedHeight(5 * metrics::RowHeight);
    m_problems->setColumnWidth(0, 8 * metrics::Unit);
    m_problems->setColumnWidth(1, 64 * metrics::Unit);
    m_form->setText(tr("Reading..."));
    m_count->setText(tr("0 so far"));
    m_times->setText(QStringLiteral("\u2013"));
    for (QWidget *widget : std::initializer_list<QWidget *>{m_note, m_skipped, m_problems}) {
        widget->hide();
    }
    auto *form = new QFormLayout;
    form->addRow(tr("Form:"), m_form);
    form->addRow(tr("Events:"), m_count);
    form->addRow(tr("Time (UTC):"), m_times);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(metrics::Unit);
    layout->addLayout(form);
    layout->addWidget(m_note);
    layout->addWidget(m_rows, 1);
    layout->addWidget(m_skipped);
    layout->addWidget(m_problems);
    layout->addStretch();
}

ImportPreviewPane::~ImportPreviewPane() = default; // the thread is asked to stop and joined

void ImportPreviewPane::start()
{
    m_thread = std::jthread([this, files = m_files, storeFile = m_storeFile](const std::stop_token &stop) {
        event::giveWay(event::Courtesy::Bulk);
        // Queued to this object's thread; what is still queued when it goes is dropped with it.
        const auto seen = [this](const exchange::ImportPreview &preview) {
            QMetaObject::invokeMethod(
                this, [this, preview] { showPreview(preview); }, Qt::QueuedConnection);
        };
        const auto whole = exchange::previewImport(files, storeFile, seen, stop);
        if (whole) {
            seen(*whole);
        } else if (!stop.stop_requested()) {
            QMetaObject::invokeMethod(
                this, [this, sentence = whole.error().sentence] { showError(sentence); }, Qt::QueuedConnection);
        }
    });
}

void ImportPreviewPane::showPreview(const exchange::ImportPreview &preview)
{
    QString form = preview.formats.join(QStringLiteral(", "));
    if (!preview.packings.isEmpty()) {
        form = form.isEmpty() ? preview.packings.join(QStringLiteral(", "))
                              : tr("%1, packed with %2").arg(form, preview.packings.join(QStringLiteral(", ")));
    }
    if (!preview.wrappers.isEmpty()) {
        form += tr("; wrapped by %1, which is taken off").arg(preview.wrappers.join(QStringLiteral(", ")));
    }
    m_form->setText(form.isEmpty() ? tr("Nothing that is known here") : form);
    if (preview.isWhole) {
        m_count->setText(number(preview.events));
    } else {
        m_count->setText(preview.bytesTotal > 0
                ? tr("%1 so far, in %2 % of it")
                      .arg(number(preview.events), number(100 * preview.bytesRead / preview.bytesTotal))
                : tr("%1 so far").arg(number(preview.events)));
    }
    if (preview.first && preview.last) {
        m_times->setText(tr("%1 to %2").arg(timeText(*preview.first), timeText(*preview.last)));
    }
    if (preview.isWhole && preview.events == 0) {
        m_note->setText(
            tr("No event was found. What can be read are Okta's events as JSON or NDJSON, the Admin Console's "
               "CSV, and what Panther, Elastic and Splunk make of these; as they are, or packed with gzip, "
               "zstd or zip."));
    } else {
        m_note->setText(
            tr("Some events are rebuilt from fields, since the files lack the bytes that Okta's API sends. They "
               "will be marked with _octotrail.rebuiltFrom, and replace nothing that is in the case already."));
    }
    m_note->setVisible((preview.isWhole && preview.events == 0) || preview.rebuilt > 0);
    for (qsizetype i = m_rows->topLevelItemCount(); i < preview.rows.size(); ++i) {
        const auto &row = preview.rows[i];
        addRow(m_rows, {row.published, row.eventType, row.actor, row.outcome, row.message});
    }
    for (qsizetype i = m_problems->topLevelItemCount(); i < preview.problems.size(); ++i) {
        const auto &problem = preview.problems[i];
        addRow(m_problems, {problem.line > 0 ? number(problem.line) : QString(), problem.sentence, problem.file});
    }
    m_skipped->setText(tr("Skipped, or kept without being sound events: %1").arg(number(preview.problemCount)));
    m_skipped->setVisible(preview.problemCount > 0);
    m_problems->setVisible(preview.problemCount > 0);
    if (preview.isWhole) {
        m_rows->setVisible(preview.events > 0);
        m_isPromising = preview.events > 0;
        Q_EMIT finished();
    }
}

void ImportPreviewPane::showError(const QString &sentence)
{
    m_form->setText(QStringLiteral("\u2013"));
    m_count->setText(QStringLiteral("\u2013"));
    m_note->setText(singleLine(sentence, 1000));
    m_note->show();
    m_rows->hide();
    m_isPromising = false;
    Q_EMIT finished();
}

} // namespace octotrail::ui
