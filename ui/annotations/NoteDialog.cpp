// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/annotations/NoteDialog.h"

#include "ui/annotations/Annotator.h"
#include "ui/style/Metrics.h"

#include <QDialogButtonBox>
#include <QKeyEvent>
#include <QLabel>
#include <QLocale>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QVBoxLayout>
#include <set>

namespace octotrail::ui {

using namespace Qt::StringLiterals;

NoteDialog::NoteDialog(const AnnotationBook &book, const std::vector<store::Seq> &seqs, QWidget *parent)
    : QDialog(parent)
    , m_edit(new QPlainTextEdit(this))
    , m_hint(new QLabel(this))
{
    setObjectName(u"noteDialog"_s);
    setWindowTitle(tr("Note on %1").arg(eventsInWords(seqs.size())));
    setAttribute(Qt::WA_DeleteOnClose);
    resize(60 * metrics::Unit, 34 * metrics::Unit);
    m_edit->setObjectName(u"noteEdit"_s);
    m_edit->setAccessibleName(tr("Note"));
    m_edit->setTabChangesFocus(true);
    m_edit->setPlaceholderText(tr("What you know of it, for the report and for whoever opens this case later"));
    m_hint->setTextFormat(Qt::PlainText);
    m_hint->setWordWrap(true);

    std::set<QString> notes;
    for (const store::Seq seq : seqs) {
        const store::Annotation *annotation = book.find(seq);
        notes.insert(annotation ? annotation->note : QString());
    }
    if (notes.size() == 1) {
        m_edit->setPlainText(*notes.begin());
        m_edit->selectAll();
    } else {
        m_hint->setText(tr("These events have different notes. What you write here replaces all of them."));
    }

    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Save | QDialogButtonBox::Cancel, this);
    m_save = buttons->button(QDialogButtonBox::Save);
    m_save->setToolTip(tr("Save (Ctrl+Enter)"));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(2 * metrics::Unit, 2 * metrics::Unit, 2 * metrics::Unit, 2 * metrics::Unit);
    layout->setSpacing(metrics::Unit);
    layout->addWidget(m_edit, 1);
    layout->addWidget(m_hint);
    layout->addWidget(buttons);
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(m_edit, &QPlainTextEdit::textChanged, this, &NoteDialog::check);
    m_edit->installEventFilter(this);
    m_hint->setVisible(!m_hint->text().isEmpty());
    m_edit->setFocus();
}

bool NoteDialog::eventFilter(QObject *watched, QEvent *event)
{
    const bool isOverride = event->type() == QEvent::ShortcutOverride;
    if (watched == m_edit && (isOverride || event->type() == QEvent::KeyPress)) {
        const auto *key = static_cast<const QKeyEvent *>(event);
        const bool enter = key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter;
        if (enter && key->modifiers().testFlag(Qt::ControlModifier)) {
            event->accept(); // it is nobody else's shortcut here
            if (!isOverride && m_save->isEnabled()) {
                accept();
            }
            return true;
        }
    }
    return QDialog::eventFilter(watched, event);
}

void NoteDialog::check()
{
    const qsizetype size = m_edit->toPlainText().trimmed().size();
    const bool tooLong = size > store::Annotations::longestNote;
    m_save->setEnabled(!tooLong);
    if (tooLong) {
        m_hint->setText(tr("%1 characters are too many; %2 are the most.")
                            .arg(QLocale().toString(size), QLocale().toString(store::Annotations::longestNote)));
        m_hint->show();
    }
}

QString NoteDialog::note() const
{
    return m_edit->toPlainText();
}

} // namespace octotrail::ui
