// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/RawView.h"

#include "ui/style/Fonts.h"
#include "ui/style/Icons.h"
#include "ui/style/Metrics.h"

#include <QCheckBox>
#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace octotrail::ui {

RawView::RawView(QWidget *parent)
    : QWidget(parent)
    , m_text(new QPlainTextEdit(this))
    , m_indent(new QCheckBox(tr("Indented"), this))
    , m_size(new QLabel(this))
{
    m_text->setObjectName(QStringLiteral("rawText"));
    m_text->setAccessibleName(tr("The event as it was received"));
    m_text->setReadOnly(true);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_text->setFrameShape(QFrame::NoFrame);
    m_text->setFont(codeFont());
    m_text->setWordWrapMode(QTextOption::WrapAnywhere);
    m_text->setUndoRedoEnabled(false);
    m_indent->setChecked(true);
    connect(m_indent, &QCheckBox::toggled, this, &RawView::show);
    auto *copy = new QPushButton(icon(u"copy"), tr("Copy all"), this);
    connect(copy, &QPushButton::clicked, this, [this] {
        QGuiApplication::clipboard()->setText(
            QString::fromUtf8(m_document.bytes.data(), static_cast<qsizetype>(m_document.bytes.size())));
    });

    auto *bar = new QHBoxLayout;
    bar->setContentsMargins(metrics::Unit, metrics::HalfUnit, metrics::Unit, metrics::HalfUnit);
    bar->addWidget(m_indent);
    bar->addWidget(m_size, 1);
    bar->addWidget(copy);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(0);
    layout->addLayout(bar);
    layout->addWidget(m_text, 1);
}

void RawView::setDocument(JsonDocument document)
{
    m_document = std::move(document);
    const auto size = static_cast<qint64>(m_document.bytes.size());
    const QString shown = QLocale().formattedDataSize(size);
    m_size->setText(size > JsonDocument::shownCharacters ? tr("The beginning of %1").arg(shown) : shown);
    show();
}

void RawView::clear()
{
    m_document = {};
    m_size->clear();
    m_text->clear();
}

bool RawView::isIndented() const
{
    return m_indent->isChecked();
}

void RawView::setIndented(bool indented)
{
    m_indent->setChecked(indented);
}

void RawView::show()
{
    m_text->setPlainText(m_indent->isChecked() ? m_document.indented : m_document.text);
}

} // namespace octotrail::ui
