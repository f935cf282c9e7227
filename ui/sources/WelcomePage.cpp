// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/sources/WelcomePage.h"

#include "ui/sources/ChoiceButton.h"
#include "ui/sources/PageArea.h"
#include "ui/style/Fonts.h"
#include "ui/style/Icons.h"
#include "ui/style/Metrics.h"
#include "ui/widgets/FirstFocus.h"

#include <QLabel>
#include <QVBoxLayout>

namespace octotrail::ui {

namespace {

constexpr int columnWidth = 60 * metrics::Unit;
constexpr int markSize = 6 * metrics::Unit;

} // namespace

WelcomePage::WelcomePage(QWidget *parent)
    : QWidget(parent)
{
    auto *inner = new QWidget;
    auto *mark = new QLabel(inner);
    mark->setPixmap(applicationIcon().pixmap(QSize(markSize, markSize), devicePixelRatioF()));
    auto *heading = new QLabel(tr("Welcome to Octotrail"), inner);
    heading->setFont(scaledFont(TextSize::Headline, QFont::DemiBold));
    auto *introduction = new QLabel(
        tr("Watch, search and judge an Okta organization's audit trail. Everything stays on this machine."), inner);
    introduction->setForegroundRole(QPalette::PlaceholderText);
    for (QLabel *label : {heading, introduction}) {
        label->setTextFormat(Qt::PlainText);
        label->setWordWrap(true);
    }

    auto *connectChoice = new ChoiceButton(u"connect", tr("Connect an organization"),
        tr("Collect its System Log, users and devices. It takes an API token and two minutes."), inner);
    connectChoice->setObjectName(QStringLiteral("connect"));
    auto *demoChoice = new ChoiceButton(u"play", tr("Try the demo organization"),
        tr("A simulated company on this machine, with live traffic and a dozen attacks to find."), inner);
    demoChoice->setObjectName(QStringLiteral("demo"));
    auto *archiveChoice = new ChoiceButton(u"archive", tr("Open an archive"),
        tr("Import events from JSON, NDJSON or the Admin Console's CSV, also compressed."), inner);
    archiveChoice->setObjectName(QStringLiteral("archive"));
    connect(connectChoice, &QPushButton::clicked, this, &WelcomePage::connectRequested);
    connect(demoChoice, &QPushButton::clicked, this, &WelcomePage::demoRequested);
    connect(archiveChoice, &QPushButton::clicked, this, &WelcomePage::openArchiveRequested);

    auto *column = new QVBoxLayout;
    column->setSpacing(metrics::Unit + metrics::HalfUnit);
    column->addStretch(2);
    column->addWidget(mark);
    column->addSpacing(metrics::HalfUnit);
    column->addWidget(heading);
    column->addWidget(introduction);
    column->addSpacing(2 * metrics::Unit);
    column->addWidget(connectChoice);
    column->addWidget(demoChoice);
    column->addWidget(archiveChoice);
    column->addStretch(3);

    auto *centred = new QWidget(inner);
    centred->setLayout(column);
    centred->setMaximumWidth(columnWidth);
    auto *row = new QHBoxLayout(inner);
    row->addStretch(1);
    row->addWidget(centred, 1000);
    row->addStretch(1);

    auto *area = new PageArea(this);
    area->setWidget(inner);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->addWidget(area);
    setFirstFocus(this, connectChoice);
}

} // namespace octotrail::ui
