// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/editor/VersionsPane.h"

#include "ui/editor/TextDiff.h"
#include "ui/style/Fonts.h"
#include "ui/style/Icons.h"
#include "ui/style/Metrics.h"
#include "ui/style/Tones.h"
#include "ui/widgets/PlainText.h"

#include <QEvent>
#include <QLabel>
#include <QListWidget>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSplitter>
#include <QTextBlock>
#include <QVBoxLayout>

namespace octotrail::ui {

VersionsPane::VersionsPane(QWidget *parent)
    : QWidget(parent)
    , m_why(new QLabel(this))
    , m_list(new QListWidget(this))
    , m_difference(new QPlainTextEdit(this))
    , m_restore(new QPushButton(icon(u"undo"), tr("&Restore this version"), this))
{
    m_why->setTextFormat(Qt::PlainText);
    m_why->setWordWrap(true);
    m_why->setMargin(metrics::Unit);
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setAccessibleName(tr("Versions of the rule"));
    m_difference->setReadOnly(true);
    m_difference->setFont(codeFont());
    m_difference->setFrameShape(QFrame::NoFrame);
    m_difference->setLineWrapMode(QPlainTextEdit::NoWrap);
    m_difference->setAccessibleName(tr("What has changed since this version"));
    m_restore->setToolTip(tr("Puts its text into the editor. Nothing is saved by that, and undo takes it back."));
    auto *splitter = new QSplitter(Qt::Vertical, this);
    splitter->addWidget(m_list);
    splitter->addWidget(m_difference);
    splitter->setChildrenCollapsible(false);
    splitter->setSizes({160, 400});
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(0);
    layout->addWidget(m_why);
    layout->addWidget(splitter, 1);
    auto *foot = new QHBoxLayout;
    foot->setContentsMargins(metrics::Unit, metrics::HalfUnit, metrics::Unit, metrics::Unit);
    foot->addStretch(1);
    foot->addWidget(m_restore);
    layout->addLayout(foot);
    connect(m_list, &QListWidget::currentRowChanged, this, &VersionsPane::showCurrent);
    connect(m_restore, &QPushButton::clicked, this, [this] {
        const int row = m_list->currentRow();
        if (row < 0) {
            return;
        }
        if (const auto draft = detect::RuleDraft::fromBytes(m_versions[static_cast<std::size_t>(row)].body)) {
            Q_EMIT restoreRequested(*draft);
        }
    });
    showNone(tr("Versions are kept from the first time the rule is saved."));
}

void VersionsPane::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange) {
        showCurrent(); // it is written in the palette's tones
    }
}

void VersionsPane::showNone(const QString &why)
{
    m_versions.clear();
    m_list->clear();
    m_why->setText(why);
    m_why->show();
    showCurrent();
}

void VersionsPane::showVersions(const std::vector<store::DocumentVersion> &versions)
{
    m_versions = versions;
    m_list->clear();
    for (const store::DocumentVersion &version : versions) {
        m_list->addItem(tr("Version %1, %2").arg(QString::number(version.version), m_time.seconds(version.modified)));
    }
    m_why->setVisible(versions.empty());
    if (!versions.empty()) {
        m_list->setCurrentRow(0);
    }
    showCurrent();
}

void VersionsPane::setDraft(const detect::RuleDraft &draft)
{
    m_draft = draft;
    if (isVisible()) {
        showCurrent();
    }
}

void VersionsPane::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    showCurrent();
}

void VersionsPane::setTimeDisplay(const TimeDisplay &time)
{
    m_time = time;
}

QString VersionsPane::differences() const
{
    return m_difference->toPlainText();
}

void VersionsPane::addDifference(const QString &heading, const QString &before, const QString &after)
{
    if (before == after) {
        return;
    }
    QTextCursor cursor(m_difference->document());
    cursor.movePosition(QTextCursor::End);
    const auto write = [&](const QString &text, Tone tone) {
        QTextBlockFormat block;
        QTextCharFormat letters;
        if (tone != Tone::Plain) {
            letters.setForeground(toneColor(tone, palette()));
        }
        if (tone == Tone::Good || tone == Tone::Bad) {
            block.setBackground(toneBackground(tone, palette()));
        }
        if (!m_difference->document()->isEmpty()) {
            cursor.insertBlock(block, letters);
        } else {
            cursor.setBlockFormat(block);
        }
        cursor.insertText(text, letters);
    };
    if (!heading.isEmpty()) {
        write(heading, Tone::Muted);
    }
    for (const DiffLine &line : diffLines(before, after)) {
        switch (line.kind) {
        case DiffLine::Kind::Same:
            write(QStringLiteral("  ") + line.text, Tone::Plain);
            break;
        case DiffLine::Kind::Added:
            write(QStringLiteral("+ ") + line.text, Tone::Good);
            break;
        case DiffLine::Kind::Removed:
            write(QStringLiteral("- ") + line.text, Tone::Bad);
            break;
        case DiffLine::Kind::Skipped:
            write(tr("… the same lines: %1").arg(line.count), Tone::Muted);
            break;
        }
    }
}

void VersionsPane::showCurrent()
{
    const int row = m_list->currentRow();
    m_restore->setEnabled(row >= 0);
    m_difference->clear();
    if (row < 0) {
        return;
    }
    const auto draft = detect::RuleDraft::fromBytes(m_versions[static_cast<std::size_t>(row)].body);
    if (!draft) {
        m_difference->setPlainText(draft.error().sentence);
        m_restore->setEnabled(false);
        return;
    }
    const bool isPython = m_draft.format == detect::Rule::Format::Panther;
    addDifference(isPython ? tr("Python") : QString(), draft->python, m_draft.python);
    addDifference(isPython ? tr("YAML") : QString(), draft->yaml, m_draft.yaml);
    if (m_difference->document()->isEmpty()) {
        m_difference->setPlainText(tr("This is the text in the editor."));
        m_restore->setEnabled(false);
    }
}

} // namespace octotrail::ui
