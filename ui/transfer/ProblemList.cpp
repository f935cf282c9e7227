// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/transfer/ProblemList.h"

#include "exchange/ProblemReport.h"
#include "ui/style/Icons.h"
#include "ui/style/Metrics.h"
#include "ui/widgets/FocusOrder.h"
#include "ui/widgets/PlainText.h"
#include "ui/widgets/WhenFinished.h"

#include <QClipboard>
#include <QDialogButtonBox>
#include <QFileDialog>
#include <QGuiApplication>
#include <QHeaderView>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QTreeWidget>
#include <QVBoxLayout>
#include <QtConcurrent>
#include <algorithm>

namespace octotrail::ui {

namespace {

/// As many as one looks at; the saved report has all of them.
constexpr qsizetype mostShown = 1000;

/// Of a file in an archive: the archive's name and its own.
QString shortName(const QString &file)
{
    const auto folder = file.left(file.indexOf(u'\u203a')).lastIndexOf(u'/');
    return singleLine(QStringView(file).mid(folder + 1), 200);
}

} // namespace

ProblemList::ProblemList(const QList<exchange::ImportProblem> &problems, qint64 total, QWidget *parent)
    : QDialog(parent)
    , m_problems(problems)
    , m_total(total)
    , m_said(new QLabel(this))
{
    setWindowTitle(tr("Problems of the import"));
    setAttribute(Qt::WA_DeleteOnClose);
    resize(90 * metrics::Unit, 50 * metrics::Unit);
    auto *list = new QTreeWidget(this);
    list->setObjectName(QStringLiteral("problems"));
    list->setAccessibleName(windowTitle());
    list->setRootIsDecorated(false);
    list->setUniformRowHeights(true);
    list->setSelectionMode(QAbstractItemView::ExtendedSelection);
    list->setHeaderLabels({tr("File"), tr("Line"), tr("What is wrong")});
    QString text;
    const auto shown = problems.first(std::min(problems.size(), mostShown));
    for (const exchange::ImportProblem &problem : shown) {
        auto *item = new QTreeWidgetItem(list, // the list owns it
            {shortName(problem.file), problem.line > 0 ? QLocale().toString(problem.line) : QString(),
                singleLine(problem.sentence, 1000)});
        item->setToolTip(0, ui::toolTip(problem.file));
        item->setToolTip(2, ui::toolTip(singleLine(problem.sentence, 4000)));
        item->setTextAlignment(1, Qt::AlignRight | Qt::AlignVCenter);
        text += problem.file + QChar(u':') + QString::number(problem.line) + QStringLiteral(": ") + problem.sentence
            + QChar(u'\n');
    }
    list->resizeColumnToContents(0);
    auto *count = new QLabel(total > shown.size()
            ? tr("The first %1 of %2 problems. Lines that hold an object were kept as they are.")
                  .arg(QLocale().toString(shown.size()), QLocale().toString(total))
            : tr("Lines that hold an object were kept as they are; the others were left out."),
        this);
    count->setWordWrap(true);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    QPushButton *copy
        = buttons->addButton(total > shown.size() ? tr("Copy these") : tr("Copy all"), QDialogButtonBox::ActionRole);
    copy->setIcon(icon(u"copy"));
    connect(copy, &QPushButton::clicked, this, [text] { QGuiApplication::clipboard()->setText(text); });
    QPushButton *save = buttons->addButton(tr("&Save report..."), QDialogButtonBox::ActionRole);
    save->setObjectName(QStringLiteral("saveReport"));
    save->setIcon(icon(u"export"));
    connect(save, &QPushButton::clicked, this, &ProblemList::askForFile);
    m_said->setTextFormat(Qt::PlainText);
    m_said->setWordWrap(true);
    m_said->hide();
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::close);
    auto *layout = new QVBoxLayout(this);
    layout->addWidget(count);
    layout->addWidget(list, 1);
    layout->addWidget(m_said);
    layout->addWidget(buttons);
    orderFocus(*this);
}

void ProblemList::askForFile()
{
    auto *chooser = new QFileDialog(this, tr("Save report"), {}, tr("CSV (*.csv)"));
    chooser->setAttribute(Qt::WA_DeleteOnClose);
    chooser->setAcceptMode(QFileDialog::AcceptSave);
    chooser->setDefaultSuffix(QStringLiteral("csv"));
    chooser->selectFile(QStringLiteral("octotrail-import-report.csv"));
    connect(chooser, &QFileDialog::fileSelected, this, &ProblemList::save);
    chooser->open();
}

void ProblemList::save(const QString &fileName)
{
    const auto write = [problems = m_problems, total = m_total, fileName] {
        return exchange::writeProblemReport(problems, total, fileName);
    };
    whenFinished(QtConcurrent::run(write), this, [this, fileName](const event::Status &written) {
        m_said->setText(
            written ? tr("Saved to %1.").arg(singleLine(fileName, 300)) : singleLine(written.error().sentence, 1000));
        m_said->show();
    });
}

} // namespace octotrail::ui
