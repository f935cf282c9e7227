// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/transfer/ProblemList.h"

#include "ui/style/Icons.h"
#include "ui/style/Metrics.h"
#include "ui/widgets/PlainText.h"

#include <QClipboard>
#include <QDialogButtonBox>
#include <QFileInfo>
#include <QGuiApplication>
#include <QHeaderView>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QTreeWidget>
#include <QVBoxLayout>

namespace octotrail::ui {

ProblemList::ProblemList(const QList<exchange::ImportProblem> &problems, qint64 total, QWidget *parent)
    : QDialog(parent)
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
    for (const exchange::ImportProblem &problem : problems) {
        auto *item = new QTreeWidgetItem(list, // the list owns it
            {singleLine(QFileInfo(problem.file).fileName(), 200), QLocale().toString(problem.line),
                singleLine(problem.sentence, 1000)});
        item->setToolTip(0, ui::toolTip(problem.file));
        item->setToolTip(2, ui::toolTip(singleLine(problem.sentence, 4000)));
        item->setTextAlignment(1, Qt::AlignRight | Qt::AlignVCenter);
        text += problem.file + QChar(u':') + QString::number(problem.line) + QStringLiteral(": ") + problem.sentence
            + QChar(u'\n');
    }
    list->resizeColumnToContents(0);
    auto *count = new QLabel(total > problems.size()
            ? tr("The first %1 of %2 problems.").arg(QLocale().toString(problems.size()), QLocale().toString(total))
            : tr("Lines that hold an object were kept as they are; the others were left out."),
        this);
    count->setWordWrap(true);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    QPushButton *copy = buttons->addButton(tr("Copy all"), QDialogButtonBox::ActionRole);
    copy->setIcon(icon(u"copy"));
    connect(copy, &QPushButton::clicked, this, [text] { QGuiApplication::clipboard()->setText(text); });
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::close);
    auto *layout = new QVBoxLayout(this);
    layout->addWidget(count);
    layout->addWidget(list, 1);
    layout->addWidget(buttons);
}

} // namespace octotrail::ui
