// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/panther/YamlJson.h"

#include <QJsonArray>
#include <QObject>
#include <QRegularExpression>
#include <cmath>
#include <limits>
#include <yaml-cpp/yaml.h>

namespace octotrail::detect {

using event::ErrorKind;
using namespace Qt::Literals::StringLiterals;

namespace {

constexpr int mostValues = 100'000;
constexpr int deepest = 64;

struct TooMuch
{
};

QString textOf(const YAML::Node &scalar)
{
    return QString::fromStdString(scalar.Scalar());
}

QJsonValue scalarOf(const YAML::Node &node)
{
    const QString text = textOf(node);
    if (node.Tag() != "?") { // quoted, or a block
        return text;
    }
    static const QRegularExpression integer(u"\\A[-+]?[0-9]{1,15}\\z"_s);
    static const QRegularExpression number(u"\\A[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]+)?\\z"_s);
    if (text == "true"_L1 || text == "True"_L1 || text == "TRUE"_L1) {
        return true;
    }
    if (text == "false"_L1 || text == "False"_L1 || text == "FALSE"_L1) {
        return false;
    }
    if (text.isEmpty() || text == "~"_L1 || text == "null"_L1 || text == "Null"_L1 || text == "NULL"_L1) {
        return QJsonValue::Null;
    }
    if (integer.match(text).hasMatch()) {
        return text.toLongLong();
    }
    if (number.match(text).hasMatch()) {
        const double value = text.toDouble();
        return std::isfinite(value) ? QJsonValue(value) : QJsonValue(text);
    }
    return text;
}

QJsonValue valueOf(const YAML::Node &node, int depth, int &left)
{
    if (--left < 0 || depth > deepest) {
        throw TooMuch{};
    }
    switch (node.Type()) {
    case YAML::NodeType::Scalar:
        return scalarOf(node);
    case YAML::NodeType::Sequence: {
        QJsonArray array;
        for (const YAML::Node &item : node) {
            array.append(valueOf(item, depth + 1, left));
        }
        return array;
    }
    case YAML::NodeType::Map: {
        QJsonObject object;
        for (const auto &entry : node) {
            object.insert(
                entry.first.IsScalar() ? textOf(entry.first) : QString(), valueOf(entry.second, depth + 1, left));
        }
        return object;
    }
    case YAML::NodeType::Null:
    case YAML::NodeType::Undefined:
        break;
    }
    return QJsonValue::Null;
}

} // namespace

event::Result<QJsonObject> readYamlMap(const QByteArray &text)
{
    try {
        const YAML::Node root = YAML::Load(text.toStdString());
        if (!root.IsMap()) {
            return event::failure(ErrorKind::InvalidInput, QObject::tr("line 1: this is no map of keys and values"));
        }
        int left = mostValues;
        return valueOf(root, 0, left).toObject();
    } catch (const YAML::Exception &error) {
        return event::failure(ErrorKind::InvalidInput,
            QObject::tr("line %1: %2").arg(error.mark.line + 1).arg(QString::fromStdString(error.msg)));
    } catch (const TooMuch &) {
        return event::failure(ErrorKind::InvalidInput, QObject::tr("line 1: the file holds too much, or too deep"));
    }
}

} // namespace octotrail::detect
