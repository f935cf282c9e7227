// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/details/DifferenceModel.h"

#include "ui/events/EventMarks.h"
#include "ui/widgets/PlainText.h"

#include <QFont>
#include <QGuiApplication>
#include <QHash>
#include <QPalette>
#include <list>

namespace octotrail::ui {

using namespace Qt::StringLiterals;
using event::JsonNode;

namespace {

constexpr std::size_t mostPaths = 20'000;
constexpr qsizetype longestValue = 20'000;

struct Leaf
{
    QString path;
    QString value;
};

QString decoded(const std::string &text)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size())).left(longestValue);
}

void collect(const JsonNode &node, const QString &path, std::vector<Leaf> &leaves)
{
    if (leaves.size() >= mostPaths) {
        return;
    }
    const bool isArray = node.kind == JsonNode::Kind::Array;
    if (node.children.empty()) {
        QString value = decoded(node.text);
        if (node.kind == JsonNode::Kind::Null) {
            value = u"null"_s;
        } else if (value.isEmpty() && node.kind != JsonNode::Kind::String) {
            value = isArray ? u"[]"_s : u"{}"_s;
        }
        leaves.push_back({path, value});
        return;
    }
    for (std::size_t i = 0; i < node.children.size(); ++i) {
        const JsonNode &child = node.children[i];
        const QString step = isArray ? u"[%1]"_s.arg(i) : (path.isEmpty() ? QString() : u"."_s) + decoded(child.key);
        collect(child, path + step, leaves);
    }
}

} // namespace

std::vector<Difference> differences(const JsonNode &left, const JsonNode &right)
{
    std::vector<Leaf> ofLeft;
    std::vector<Leaf> ofRight;
    collect(left, {}, ofLeft);
    collect(right, {}, ofRight);
    std::list<Difference> list;
    QHash<QString, std::list<Difference>::iterator> byPath;
    for (Leaf &leaf : ofLeft) {
        list.push_back({leaf.path, leaf.value, {}, Difference::Kind::OnlyLeft});
        byPath.insert(leaf.path, std::prev(list.end()));
    }
    auto place = list.begin();
    for (Leaf &leaf : ofRight) {
        if (const auto known = byPath.constFind(leaf.path); known != byPath.cend()) {
            Difference &both = **known;
            both.right = leaf.value;
            both.kind = both.left == both.right ? Difference::Kind::Same : Difference::Kind::Changed;
            place = std::next(*known);
        } else {
            list.insert(place, {leaf.path, {}, leaf.value, Difference::Kind::OnlyRight});
        }
    }
    return {std::make_move_iterator(list.begin()), std::make_move_iterator(list.end())};
}

DifferenceModel::DifferenceModel(QObject *parent)
    : QAbstractTableModel(parent)
{ }

void DifferenceModel::setDifferences(std::vector<Difference> differences)
{
    m_all = std::move(differences);
    m_changed = static_cast<int>(
        std::ranges::count_if(m_all, [](const Difference &one) { return one.kind != Difference::Kind::Same; }));
    choose();
}

void DifferenceModel::setChangedOnly(bool only)
{
    if (only != m_changedOnly) {
        m_changedOnly = only;
        choose();
    }
}

void DifferenceModel::choose()
{
    beginResetModel();
    m_shown.clear();
    for (std::size_t i = 0; i < m_all.size(); ++i) {
        if (!m_changedOnly || m_all[i].kind != Difference::Kind::Same) {
            m_shown.push_back(i);
        }
    }
    endResetModel();
}

int DifferenceModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_shown.size());
}

int DifferenceModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant DifferenceModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid)) {
        return {};
    }
    const Difference &one = m_all[m_shown[static_cast<std::size_t>(index.row())]];
    const bool differs = one.kind != Difference::Kind::Same;
    const QString &text = index.column() == Path ? one.path : index.column() == Left ? one.left : one.right;
    switch (role) {
    case Qt::DisplayRole:
        return singleLine(text, 2000);
    case Qt::ToolTipRole:
        return toolTip(multiLine(text, 2000));
    case Qt::AccessibleTextRole:
        if (index.column() != Path) {
            return singleLine(text, 2000);
        }
        switch (one.kind) {
        case Difference::Kind::Changed:
            return tr("%1, different").arg(singleLine(one.path));
        case Difference::Kind::OnlyLeft:
            return tr("%1, only in the first event").arg(singleLine(one.path));
        case Difference::Kind::OnlyRight:
            return tr("%1, only in the second event").arg(singleLine(one.path));
        case Difference::Kind::Same:
            break;
        }
        return singleLine(one.path);
    case Qt::DecorationRole:
        if (index.column() != Path || !differs) {
            return {};
        }
        return one.kind == Difference::Kind::Changed ? QVariant(markIcon({u"edit", Tone::Warning}))
            : one.kind == Difference::Kind::OnlyLeft ? QVariant(markIcon({u"skipped", Tone::Bad}))
                                                     : QVariant(markIcon({u"plus", Tone::Good}));
    case Qt::BackgroundRole:
        return differs && !m_changedOnly ? QVariant(toneBackground(Tone::Warning, QGuiApplication::palette()))
                                         : QVariant();
    case Qt::FontRole: {
        QFont font;
        font.setBold(differs && index.column() == Path);
        return font;
    }
    case KindRole:
        return static_cast<int>(one.kind);
    default:
        return {};
    }
}

QVariant DifferenceModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole) {
        return {};
    }
    return section == Path ? tr("Field") : section == Left ? tr("First event") : tr("Second event");
}

} // namespace octotrail::ui
