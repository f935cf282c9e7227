// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/OpeningWindow.h"

#include "ui/style/Icons.h"
#include "ui/widgets/StatePage.h"

#include <QAction>
#include <QFileInfo>

namespace octotrail::ui {

using namespace Qt::StringLiterals;

OpeningWindow::OpeningWindow(const QString &file)
    : m_page(new StatePage(this))
    , m_tryAgain(new QAction(icon(u"refresh"), tr("Try again"), this))
    , m_openAnother(new QAction(icon(u"archive"), tr("Open another file\u2026"), this))
{
    setObjectName(u"openingWindow"_s);
    setWindowTitle(u"Octotrail"_s);
    resize(1280, 800);
    m_page->setIcon(u"archive");
    m_page->setTitle(tr("Opening %1\u2026").arg(QFileInfo(file).fileName()));
    m_page->setSentence({});
    m_page->setBusy(true);
    m_tryAgain->setVisible(false);
    m_openAnother->setVisible(false);
    m_page->addAction(m_tryAgain);
    m_page->addAction(m_openAnother);
    setCentralWidget(m_page);
    connect(m_tryAgain, &QAction::triggered, this, &OpeningWindow::tryAgainRequested);
    connect(m_openAnother, &QAction::triggered, this, &OpeningWindow::openAnotherRequested);
}

void OpeningWindow::offerReturn(const QString &name)
{
    m_return = new QAction(icon(u"arrow-left"), tr("Back to %1").arg(name.left(60).replace(u'&', u"&&"_s)), this);
    m_return->setVisible(false);
    m_page->addAction(m_return);
    connect(m_return, &QAction::triggered, this, &OpeningWindow::returnRequested);
}

void OpeningWindow::showError(const QString &file, const event::Error &error)
{
    m_page->setBusy(false);
    m_page->setIcon(u"error", Tone::Bad);
    m_page->setTitle(tr("%1 could not be opened").arg(QFileInfo(file).fileName()));
    m_page->setSentence(error.sentence);
    m_tryAgain->setVisible(true);
    m_openAnother->setVisible(true);
    if (m_return) {
        m_return->setVisible(true);
    }
}

} // namespace octotrail::ui
