// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/annotations/TagDialog.h"

#include "ui/annotations/Annotator.h"
#include "ui/style/Metrics.h"
#include "ui/widgets/PlainText.h"

#include <QCompleter>
#include <QDialogButtonBox>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QVBoxLayout>

namespace octotrail::ui {

using namespace Qt::StringLiterals;

namespace {

constexpr int TagRole = Qt::UserRole;

} // namespace

TagDialog::TagDialog(const AnnotationBook &book, const std::vector<store::Seq> &seqs, QWidget *parent)
    : QDialog(parent)
    , m_edit(new QLineEdit(this))
    , m_list(new QListWidget(this))
{
    setObjectName(u"tagDialog"_s);
    setWindowTitle(tr("Tags of %1").arg(eventsInWords(seqs.size())));
    setAttribute(Qt::WA_DeleteOnClose);
    resize(44 * metrics::Unit, 40 * metrics::Unit);
    m_edit->setObjectName(u"tagEdit"_s);
    m_edit->setAccessibleName(tr("Tag"));
    m_edit->setPlaceholderText(tr("Type a tag and press Enter"));
    m_edit->setMaxLength(64);
    m_edit->installEventFilter(this);
    m_list->setObjectName(u"tagList"_s);
    m_list->setAccessibleName(tr("Tags"));

    QStringList names;
    for (const AnnotationBook::TagCount &tag : book.tags()) {
        std::size_t with = 0;
        for (const store::Seq seq : seqs) {
            const store::Annotation *annotation = book.find(seq);
            with += annotation && annotation->tags.contains(tag.tag, Qt::CaseInsensitive) ? 1 : 0;
        }
        const auto state = with == 0 ? Qt::Unchecked : with == seqs.size() ? Qt::Checked : Qt::PartiallyChecked;
        addItem(tag.tag, tag.count, state);
        m_before.insert(tag.tag, state);
        names << tag.tag;
    }
    if (m_list->count() > 0) {
        m_list->setCurrentRow(0);
    }
    auto *completer = new QCompleter(names, this);
    completer->setCaseSensitivity(Qt::CaseInsensitive);
    completer->setCompletionMode(QCompleter::InlineCompletion);
    m_edit->setCompleter(completer);

    auto *label = new QLabel(tr("&Tag:"), this);
    label->setBuddy(m_edit);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel, this);
    auto *row = new QHBoxLayout;
    row->addWidget(label);
    row->addWidget(m_edit, 1);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(2 * metrics::Unit, 2 * metrics::Unit, 2 * metrics::Unit, 2 * metrics::Unit);
    layout->setSpacing(metrics::Unit);
    layout->addLayout(row);
    layout->addWidget(m_list, 1);
    layout->addWidget(buttons);
    connect(m_edit, &QLineEdit::textEdited, this, &TagDialog::narrow);
    connect(buttons, &QDialogButtonBox::accepted, this, [this] {
        takeTyped();
        accept();
    });
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    m_edit->setFocus();
}

void TagDialog::addItem(const QString &tag, int uses, Qt::CheckState state)
{
    auto *item = new QListWidgetItem(
        uses > 0 ? tr("%1  (%2)").arg(singleLine(tag, 64)).arg(uses) : singleLine(tag, 64), m_list);
    item->setData(TagRole, tag);
    item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsUserCheckable
        | (state == Qt::PartiallyChecked ? Qt::ItemIsUserTristate : Qt::NoItemFlags));
    item->setCheckState(state);
}

bool TagDialog::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_edit && event->type() == QEvent::KeyPress) {
        const auto *key = static_cast<const QKeyEvent *>(event);
        // Enter takes what was typed; with nothing typed it is that of the dialog.
        if ((key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter) && !m_edit->text().trimmed().isEmpty()) {
            takeTyped();
            return true;
        }
        if (key->key() == Qt::Key_Down && m_list->count() > 0) {
            m_list->setFocus(Qt::TabFocusReason);
            return true;
        }
    }
    return QDialog::eventFilter(watched, event);
}

void TagDialog::takeTyped()
{
    const QString tag = store::normalizedTag(m_edit->text());
    m_edit->clear();
    narrow();
    if (tag.isEmpty()) {
        return;
    }
    for (int row = 0; row < m_list->count(); ++row) {
        QListWidgetItem *item = m_list->item(row);
        if (item->data(TagRole).toString().compare(tag, Qt::CaseInsensitive) == 0) {
            item->setCheckState(Qt::Checked);
            m_list->setCurrentItem(item);
            return;
        }
    }
    addItem(tag, 0, Qt::Checked);
    m_list->setCurrentRow(m_list->count() - 1);
}

void TagDialog::narrow()
{
    // Of what completion has added the typed part counts.
    const QString typed
        = m_edit->text().left(m_edit->hasSelectedText() ? m_edit->selectionStart() : m_edit->text().size());
    for (int row = 0; row < m_list->count(); ++row) {
        QListWidgetItem *item = m_list->item(row);
        item->setHidden(!item->data(TagRole).toString().contains(typed.trimmed(), Qt::CaseInsensitive));
    }
}

QStringList TagDialog::added() const
{
    QStringList tags;
    for (int row = 0; row < m_list->count(); ++row) {
        const QString tag = m_list->item(row)->data(TagRole).toString();
        if (m_list->item(row)->checkState() == Qt::Checked && m_before.value(tag, Qt::Unchecked) != Qt::Checked) {
            tags << tag;
        }
    }
    return tags;
}

QStringList TagDialog::removed() const
{
    QStringList tags;
    for (int row = 0; row < m_list->count(); ++row) {
        const QString tag = m_list->item(row)->data(TagRole).toString();
        if (m_list->item(row)->checkState() == Qt::Unchecked && m_before.value(tag, Qt::Unchecked) != Qt::Unchecked) {
            tags << tag;
        }
    }
    return tags;
}

} // namespace octotrail::ui
