// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/Entity.h"
#include "store/Store.h"

#include <QWidget>
#include <memory>

class QComboBox;
class QLineEdit;
class QStringListModel;

namespace octotrail::ui {

class ValueSuggestions;

/// A field to name an actor, address, device or app in, completed from the store. What is typed decides the kind, where
/// it can: an address is an address.
class EntityPicker : public QWidget
{
    Q_OBJECT

public:
    explicit EntityPicker(std::shared_ptr<store::Store> store, QWidget *parent = nullptr);

    QLineEdit *edit() const { return m_edit; }
    QComboBox *kind() const { return m_kind; }

Q_SIGNALS:
    void picked(const octotrail::store::Entity &entity);

private:
    QString path() const;
    QString suggestedPath() const;
    void pick();
    void complete();
    void suggest();

    ValueSuggestions *m_suggestions;
    ValueSuggestions *m_hashes; ///< of devices: they have names, too
    QComboBox *m_kind;
    QLineEdit *m_edit;
    QStringListModel *m_values;
};

} // namespace octotrail::ui
